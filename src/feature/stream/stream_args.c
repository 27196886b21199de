/* What ffmpeg is told; see stream_hand.h. */
#include "feature/stream/stream_hand.h"

/* Pictures anew, for every browser: of H.264's profiles the one that all play, in a steady stream of bits. */
#define PICTURE "-c:v", "libx264", "-preset", "veryfast", "-tune", "zerolatency", "-profile:v", "main", "-pix_fmt", "yuv420p", "-sc_threshold", "0"
#define STEADY(rate, twice) "-b:v", rate, "-maxrate", rate, "-bufsize", twice
#define EVERY_TWO_SECONDS "-force_key_frames", "expr:gte(t,n_forced*2)"
#define BOTH "-map", "0:v:0?", "-map", "0:a:0?"
#define FRAGMENTS "-f", "mp4", "-frag_duration", "540000", "-flush_packets", "1"

static size_t put_args(const char **at, const char *const *more)
{
	size_t n = 0;
	for (; more[n]; n++)
		at[n] = more[n];
	return n;
}

void stream_args(const struct ctx *cx, bool srt, const char *ret[STREAM_ARGS_MAX + 1])
{
	static const char *const first[] = { "-nostdin", "-hide_banner", "-loglevel", "error", "-analyzeduration", "1500000", NULL };
	static const char *const flv[] = { "-protocol_whitelist", "pipe", "-f", "flv", "-i", "pipe:0", BOTH, NULL };
	static const char *const list[] = {
		"-format_whitelist", "concat,mpegts", "-protocol_whitelist", "pipe,srt", "-f", "concat", "-safe", "0", "-i", "pipe:0", BOTH, NULL
	};
	static const char *const copy[] = { "-c", "copy", NULL };
	/* AAC in a transport stream carries its head with each block; in MP4 it stands at the beginning, which waits for it. */
	static const char *const copy_ts[] = { "-c", "copy", "-bsf:a", "aac_adtstoasc", NULL };
	static const char *const anew[] = {
		PICTURE, "-vf", "scale='min(1280,iw)':-2", STEADY("2000k", "4000k"), EVERY_TWO_SECONDS, "-c:a", "aac", "-b:a", "96k", "-ac", "2", NULL
	};
	static const char *const flags[] = { "-movflags", "+frag_keyframe+empty_moov+default_base_moof", NULL };
	static const char *const flags_ts[] = { "-movflags", "+frag_keyframe+empty_moov+delay_moov+default_base_moof", "-use_editlist", "0", NULL };
	static const char *const last[] = { FRAGMENTS, "pipe:1", NULL };
	/* Its keys are where those of the other are, so that players change between both at any of them. */
	static const char *const thin[] = { BOTH, PICTURE, "-vf", "scale=-2:'min(240,ih)'", "-fpsmax", "30", "-g", "600", STEADY("250k", "500k"), NULL };
	static const char *const thin_copied[] = { "-force_key_frames", "source", NULL };
	static const char *const thin_anew[] = { EVERY_TWO_SECONDS, NULL };
	static const char *const thin_last[] = { "-c:a", "aac", "-b:a", "48k", "-ac", "1", FRAGMENTS, "pipe:3", NULL };
	const struct app *app = cx->app;
	size_t n = put_args(ret, first);
	n += put_args(ret + n, srt ? list : flv);
	n += put_args(ret + n, app->stream_encode ? anew : srt ? copy_ts : copy);
	n += put_args(ret + n, srt ? flags_ts : flags);
	n += put_args(ret + n, last);
	if (app->stream_thin) {
		n += put_args(ret + n, thin);
		n += put_args(ret + n, app->stream_encode ? thin_anew : thin_copied);
		n += put_args(ret + n, srt ? flags_ts : flags);
		n += put_args(ret + n, thin_last);
	}
	BUG_IF(n > STREAM_ARGS_MAX);
	ret[n] = NULL;
}
