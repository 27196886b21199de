/* The codes of a door: a token that changes with the clock, for the screen; a number to type; and how far two places are apart. Pure.
 *
 *   key     32 random bytes of the door
 *   step    whole 20 seconds since 1970, as the time steps of RFC 6238, section 4.2 (X = 20, T0 = 0)
 *   token   "STEP.MAC": the step in decimal, and the first 20 hexadecimal digits (80 bits) of HMAC-SHA-256 (RFC 2104) with the key over "SESSION|STEP"
 *   number  six digits: HOTP (RFC 4226, section 5.3) on HMAC-SHA-256 as RFC 6238 has it, with the id of the session as the counter: the same for the whole
 *           session, another one for every other session and every other key
 *
 * A token is good in its step and in the one after it, so from 20 to 40 seconds: RFC 6238, section 5.2, lets a verifier take the step before for the delay on
 * the way, and no more; here the way is a camera, a browser and a thin line. One of a step to come is forged: nobody but the server can know it.
 * It is not good for one use only: a whole room photographs the same one. So it shows that somebody saw the screen within 40 seconds, or was sent a picture of
 * it in that time by somebody who did; being noted asks besides that one is signed in and admitted. */
#ifndef FEATURE_ATTENDANCE_CODE_H
#define FEATURE_ATTENDANCE_CODE_H
#include "base/str.h"

enum { CODE_KEY = 32, CODE_STEP_MS = 20 * 1000, CODE_DIGITS = 6 };

/* now: UTC ms. In the arena. */
struct str code_token(struct arena *a, const unsigned char *key, int64_t session_id, int64_t now);
enum code { CODE_GOOD, CODE_OLD, CODE_FORGED }; /* old: it was one of this session; forged: it never was, or belongs to another */
enum code code_token_read(struct arena *a, const unsigned char *key, int64_t session_id, int64_t now, struct str token);
/* digits: 6 to 8 (RFC 4226). In the arena. */
struct str code_hotp(struct arena *a, const unsigned char *key, uint64_t counter, int digits);
/* The number of a session's door. */
struct str code_number(struct arena *a, const unsigned char *key, int64_t session_id);

/* Metres between two places in degrees (WGS 84), by the haversine formula (Sinnott, Sky and Telescope 68, 1984, 159) on a sphere of the mean radius 6,371,008.8
 * m (Moritz, Geodetic Reference System 1980): within 0.6 % of the ellipsoid. */
double code_metres(double latitude, double longitude, double latitude_2, double longitude_2);
/* Rounded up to hundreds, at least 100. */
int64_t code_hundreds(double metres);
#endif
