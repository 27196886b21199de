/* ffmpeg as the encoder of a live stream, and what tests of streams need of the machine. */
#ifndef TEST_ENCODER_H
#define TEST_ENCODER_H
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

int64_t ms_now(void);
void wait_ms(int ms);
/* kind: SOCK_STREAM or SOCK_DGRAM. Free a moment ago. */
unsigned free_port(int kind);
/* Sets a variable to a number, or to the range of that number alone. */
void set_number(const char *name, unsigned a, bool range);

/* Sends a test picture of a size ("320x180"), 25 in a second, and a tone to an address, with these arguments of ffmpeg; its process. */
pid_t run_encoder(const char *size, const char *const *args, const char *to);
/* The same as H.264 and AAC, as encoders should: format "flv" or "mpegts", for so many seconds. */
pid_t encode(const char *size, const char *format, const char *to, const char *seconds);
/* Its exit code; -1: killed. at_once: it is killed now, else waited for. */
int end_encoder(pid_t pid, bool at_once);
#endif
