/* Calls that a C program of ours does not make; forced into every file by the build.
 *
 * The headers that declare them come first; afterwards each call is an undeclared name that says what it is. */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#define BANNED(call) call##_is_banned_see_src_base_banned_h
#undef strcpy
#undef strcat
#undef sprintf
#undef vsprintf
#define strcpy(...) BANNED(strcpy)
#define strcat(...) BANNED(strcat)
#define sprintf(...) BANNED(sprintf)
#define vsprintf(...) BANNED(vsprintf)
#define gets(...) BANNED(gets)
#define strtok(...) BANNED(strtok)
#define atoi(...) BANNED(atoi)
#define atol(...) BANNED(atol)
#define localtime(...) BANNED(localtime)
#define gmtime(...) BANNED(gmtime)
#define asctime(...) BANNED(asctime)
#define ctime(...) BANNED(ctime)
#define rand(...) BANNED(rand)
#define system(...) BANNED(system)
#define popen(...) BANNED(popen)
#define tmpnam(...) BANNED(tmpnam)
#endif
