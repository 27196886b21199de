/* A live stream by a real chain: ffmpeg as the encoder pushes to the program, and its playlists are read as players do. The program runs as a process of its
 * own, since it begins children; without ffmpeg on this machine the tests cannot run. */
#include "batch.h"
#include "encoder.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WAIT_S = 40, PIECE = 200 };
#define PICTURE "320x180"

static struct fixture *f;
static struct world w;
static struct program program, second;
static struct client *admin, *viewer;
static char message[4000];
static unsigned rtmp_port, srt_port;
static int64_t event_id, srt_event;

/* ── the machine ── */

static void serve(void)
{
	NEED(program_serve(f, &program, message, sizeof message), "%s", message);
}

static int64_t an_event(const char *title)
{
	return given_event(
		f, &(struct given_event){ .org_id = w.office, .title = title, .held = "stream", .starts_at = f->cx.now, .ends_at = f->cx.now + 3600000 });
}

static int begin_all(void **state)
{
	(void)state;
	f = fixture_data();
	a_world(f, &w);
	event_id = an_event("Accounts in an afternoon");
	srt_event = an_event("By another way");
	rtmp_port = free_port(SOCK_STREAM);
	srt_port = free_port(SOCK_DGRAM);
	setenv("KARMAYOGI_SECOND_FACTOR", "offered", 1);
	setenv("KARMAYOGI_STREAM_LISTEN", "127.0.0.1", 1);
	set_number("KARMAYOGI_RTMP_PORT", rtmp_port, false);
	set_number("KARMAYOGI_SRT_PORTS", srt_port, true);
	serve();
	admin = client_as(f, w.admin);
	viewer = client_new(f);
	return 0;
}

static int end_all(void **state)
{
	(void)state;
	client_free(admin);
	client_free(viewer);
	program_kill(&program, SIGTERM);
	program_kill(&second, SIGTERM);
	fixture_end(f);
	return 0;
}

/* ── what is asked ── */

static const char *place(int64_t event)
{
	return base_of("/api/v1/orgs/%lld/events/%lld/stream", (long long)w.office, (long long)event);
}

static void text_of(struct client *c, const char *key, char *ret, size_t n)
{
	char mark[80];
	snprintf(mark, sizeof mark, "\"%s\":\"", key);
	const char *p = strstr(buf_get(&c->body).p, mark);
	snprintf(ret, n, "%.*s", p ? (int)strcspn(p + strlen(mark), "\"") : 0, p ? p + strlen(mark) : "");
}

static void standing(int64_t event, const char *key, char *ret, size_t n)
{
	assert_int_equal(get(admin, "%s", place(event)), 200);
	text_of(admin, key, ret, n);
}

static bool stands(int64_t event, const char *key, const char *value)
{
	char text[300];
	for (int64_t until = ms_now() + WAIT_S * 1000; ms_now() < until; wait_ms(PIECE)) {
		standing(event, key, text, sizeof text);
		if (strcmp(text, value) == 0)
			return true;
	}
	print_message("%s is %s, not %s; trouble: %s\n", key, text, value, buf_get(&admin->body).p);
	return false;
}

/* What is true or not, by name. */
static bool becomes(int64_t event, const char *what)
{
	for (int64_t until = ms_now() + WAIT_S * 1000; ms_now() < until; wait_ms(PIECE))
		if (get(admin, "%s", place(event)) == 200 && answer_true(admin, what))
			return true;
	return false;
}

/* The folder of the event's stream, "/hls/TOKEN". */
static void folder_of(int64_t event, char *ret, size_t n)
{
	char token[64];
	query_text(f, token, sizeof token, "SELECT token FROM stream WHERE event_id = %lld ORDER BY id DESC LIMIT 1", (long long)event);
	snprintf(ret, n, "/hls/%s", token);
}

static bool comes(const char *folder, const char *name)
{
	for (int64_t until = ms_now() + WAIT_S * 1000; ms_now() < until; wait_ms(PIECE))
		if (get(viewer, "%s/%s", folder, name) == 200)
			return true;
	return false;
}

/* A playlist that has a text. */
static bool says(const char *folder, const char *name, const char *text)
{
	for (int64_t until = ms_now() + WAIT_S * 1000; ms_now() < until; wait_ms(PIECE))
		if (get(viewer, "%s/%s", folder, name) == 200 && body_has(viewer, text))
			return true;
	print_message("%s\n", buf_get(&viewer->body).p);
	return false;
}

/* The number behind the last `mark` of the last answer, or -1. */
static int64_t last_number(const char *mark)
{
	const char *p = buf_get(&viewer->body).p, *last = NULL;
	while ((p = strstr(p, mark)))
		last = p += strlen(mark);
	return last ? strtoll(last, NULL, 10) : -1;
}

/* Seconds of all that a playlist of parts and segments holds: the whole ones, and the parts behind the last of them. */
static double seconds_of(void)
{
	double all = 0, parts = 0;
	struct str rest = buf_get(&viewer->body), line;
	while (str_cut(&rest, '\n', &line)) {
		if (str_starts(line, S("#EXTINF:"))) {
			all += strtod(line.p + 8, NULL);
			parts = 0;
		} else if (str_starts(line, S("#EXT-X-PART:DURATION="))) {
			parts += strtod(line.p + 21, NULL);
		}
	}
	return all + parts;
}

static void the_key(int64_t event, const char *way, char *server, char *key, size_t n)
{
	assert_int_equal(post_json(admin, place(event), base_of("{\"way\":\"%s\"}", way)), 200);
	standing(event, "server", server, n);
	standing(event, "key", key, n);
	assert_int_equal(strlen(key), 32);
}

static int64_t first_msn(const char *folder)
{
	assert_int_equal(get(viewer, "%s/main.m3u8", folder), 200);
	return last_number("#EXT-X-MEDIA-SEQUENCE:");
}

/* ── promises ── */

static char server[300], key[100], folder[200], address[500];
static pid_t encoder;

static void who_holds_an_event_gets_a_key_and_nobody_else_does(void **state)
{
	(void)state;
	struct client *learner = client_as(f, w.learner);
	assert_int_equal(post_json(learner, place(event_id), "{\"way\":\"rtmp\"}"), 403);
	assert_int_equal(get(learner, "%s", place(event_id)), 403);
	client_free(learner);
	the_key(event_id, "rtmp", server, key, sizeof key);
	assert_int_equal(post_json(admin, place(event_id), "{\"way\":\"rtmp\"}"), 409);
	assert_true(strstr(server, "/live") != NULL);
	/* It is kept sealed: neither it nor anything it can be found by stands in the data. */
	assert_int_equal(query_int(f, "SELECT count(*) FROM stream WHERE key_sealed LIKE '%%%s%%' OR key_hash = '%s'", key, key), 0);
	assert_int_equal(get(admin, "/orgs/%lld/events/%lld/stream", (long long)w.office, (long long)event_id), 200);
	assert_true(body_has(admin, key));
	folder_of(event_id, folder, sizeof folder);
	assert_int_equal(get(viewer, "%s/index.m3u8", folder), 404);
}

static void a_wrong_key_is_refused(void **state)
{
	(void)state;
	assert_true(becomes(event_id, "in_hand"));
	snprintf(address, sizeof address, "rtmp://127.0.0.1:%u/live/0123456789abcdef0123456789abcdef", rtmp_port);
	assert_true(end_encoder(encode(PICTURE, "flv", address, "20"), false) > 0);
	assert_int_equal(get(viewer, "%s/index.m3u8", folder), 404);
	assert_true(stands(event_id, "state", "waiting"));
}

static void what_not_every_browser_plays_is_refused_with_a_sentence(void **state)
{
	(void)state;
	static const char *const args[] = { "-t", "20", "-c:v", "flv1", "-c:a", "mp3", "-ar", "44100", "-f", "flv", NULL };
	char trouble[300];
	snprintf(address, sizeof address, "rtmp://127.0.0.1:%u/live/%s", rtmp_port, key);
	assert_true(end_encoder(run_encoder(PICTURE, args, address), false) > 0);
	for (int64_t until = ms_now() + WAIT_S * 1000; ms_now() < until; wait_ms(PIECE)) {
		standing(event_id, "trouble", trouble, sizeof trouble);
		if (trouble[0])
			break;
	}
	print_message("%s\n", trouble);
	assert_non_null(strstr(trouble, "Set it to H.264 and AAC."));
	assert_int_equal(get(viewer, "%s/index.m3u8", folder), 404);
}

static void what_is_pushed_by_rtmp_is_seen_within_seconds(void **state)
{
	(void)state;
	snprintf(address, sizeof address, "rtmp://127.0.0.1:%u/live/%s", rtmp_port, key);
	int64_t began = ms_now();
	encoder = encode(PICTURE, "flv", address, "600");
	assert_true(comes(folder, "index.m3u8"));
	print_message("first playlist %.1f s after the encoder was begun\n", (double)(ms_now() - began) / 1000);
	assert_true(body_has(viewer, "RESOLUTION=320x180\nmain.m3u8") && body_has(viewer, "mp4a.40.2") && body_has(viewer, "sound.m3u8"));
	/* Besides there is a thinner one, which is no larger than what is sent. */
	assert_true(body_has(viewer, "RESOLUTION=320x180\n../") && body_has(viewer, "240/main.m3u8"));
	assert_string_equal(answer_header(viewer, "Content-Type"), "application/vnd.apple.mpegurl");
	assert_true(stands(event_id, "state", "live"));
	assert_true(says(folder, "main.m3u8", "#EXTINF:"));
	double behind = (double)(ms_now() - began) / 1000 - seconds_of();
	print_message("%.2f s from the encoder's beginning to its place in the playlist, ffmpeg's own start included\n", behind);
	assert_true(behind < 15);
}

/* bis 6.2.5.2 and 6.2.6: a player asks for the next part before it is there, and gets it when it is. */
static void the_next_part_is_waited_for_and_comes_when_it_is_there(void **state)
{
	(void)state;
	char part[60];
	assert_int_equal(get(viewer, "%s/main.m3u8", folder), 200);
	for (int i = 0; i < 4; i++) {
		int64_t next = last_number("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"p"), began = ms_now();
		assert_true(next > 0);
		snprintf(part, sizeof part, "p%lld.m4s", (long long)next);
		assert_int_equal(get(viewer, "%s/%s", folder, part), 200);
		assert_string_equal(answer_header(viewer, "Content-Type"), "video/mp4");
		assert_non_null(strstr(answer_header(viewer, "Cache-Control"), "immutable"));
		assert_string_equal(answer_header(viewer, "Access-Control-Allow-Origin"), "*");
		assert_memory_equal(buf_get(&viewer->body).p + 4, "moof", 4);
		print_message("part %lld after %lld ms\n", (long long)next, (long long)(ms_now() - began));
		assert_int_equal(get(viewer, "%s/main.m3u8", folder), 200);
	}
	/* The playlist that has the whole of the segment in the making. */
	int64_t segment = last_number("\ns") + 1, began = ms_now();
	assert_int_equal(get(viewer, "%s/main.m3u8?_HLS_msn=%lld", folder, (long long)segment), 200);
	assert_true(last_number("\ns") >= segment);
	print_message("segment %lld after %lld ms\n", (long long)segment, (long long)(ms_now() - began));
	assert_int_equal(get(viewer, "%s/main.m3u8?_HLS_msn=%lld&_HLS_part=0", folder, (long long)segment + 50), 400);
	assert_int_equal(get(viewer, "%s/p999999.m4s", folder), 404);
}

/* Eight workers have the program, and many more wait here for what is not there yet. */
static void who_waits_keeps_nobody_else_waiting(void **state)
{
	(void)state;
	enum { WAITING = 200 };
	static int waits[WAITING];
	char text[400], answer[40];
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons((uint16_t)program.port) };
	assert_int_equal(get(viewer, "%s/main.m3u8", folder), 200);
	snprintf(text, sizeof text, "GET %s/main.m3u8?_HLS_msn=%lld HTTP/1.1\r\nHost: x\r\n\r\n", folder, (long long)last_number("\ns") + 2);
	for (int i = 0; i < WAITING; i++) {
		waits[i] = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
		NEED(waits[i] >= 0 && connect(waits[i], (struct sockaddr *)(void *)&at, sizeof at) == 0, "no connection");
		assert_int_equal(send(waits[i], text, strlen(text), 0), strlen(text));
	}
	int64_t began = ms_now();
	assert_int_equal(get(admin, "%s", place(event_id)), 200);
	print_message("a page after %lld ms, with %d who wait\n", (long long)(ms_now() - began), WAITING);
	assert_int_equal(recv(waits[0], answer, sizeof answer, MSG_DONTWAIT), -1);
	for (int i = 0; i < WAITING; i++) {
		ssize_t n = recv(waits[i], answer, sizeof answer - 1, 0);
		assert_true(n > 12 && strncmp(answer, "HTTP/1.1 200", 12) == 0);
		close(waits[i]);
	}
}

static void segments_are_whole_files_and_ranges_of_them_are_served(void **state)
{
	(void)state;
	char name[60];
	assert_int_equal(get(viewer, "%s/main.m3u8", folder), 200);
	snprintf(name, sizeof name, "s%lld.m4s", (long long)last_number("\ns"));
	assert_int_equal(get(viewer, "%s/%s", folder, name), 200);
	size_t all = viewer->body.n;
	assert_true(all > 1000);
	viewer->header[0] = "Range: bytes=4-7";
	assert_int_equal(get(viewer, "%s/%s", folder, name), 206);
	assert_int_equal(viewer->body.n, 4);
	assert_memory_equal(buf_get(&viewer->body).p, "moof", 4);
	/* The sound of the same segment is much less. */
	assert_int_equal(get(viewer, "%s/a%s", folder, name), 200);
	assert_true(viewer->body.n * 2 < all);
	assert_int_equal(get(viewer, "%s/../../karmayogi.db", folder), 404);
	assert_int_equal(get(viewer, "%s/now", folder), 404);
	assert_int_equal(get(viewer, "/hls/0000000000000000/index.m3u8"), 404);
}

static void an_encoder_that_comes_again_goes_on_in_the_same_playlist(void **state)
{
	(void)state;
	end_encoder(encoder, true);
	assert_true(stands(event_id, "state", "waiting"));
	encoder = encode(PICTURE, "flv", address, "600");
	assert_true(says(folder, "main.m3u8", "#EXT-X-DISCONTINUITY\n#EXT-X-MAP:URI=\"i2.mp4\"\n"));
	assert_true(stands(event_id, "state", "live"));
}

/* The children of a process, whichever of its threads began them. */
static size_t children_of(pid_t pid, pid_t *ret, size_t most)
{
	char path[400], text[400];
	size_t n = 0;
	snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
	DIR *tasks = opendir(path);
	NEED(tasks, "no %s", path);
	for (struct dirent *e; (e = readdir(tasks));) {
		snprintf(path, sizeof path, "/proc/%d/task/%s/children", (int)pid, e->d_name);
		FILE *file = fopen(path, "r");
		size_t got = file ? fread(text, 1, sizeof text - 1, file) : 0;
		text[got] = 0;
		char *p = text;
		for (long child; n < most && (child = strtol(p, &p, 10)) > 0;)
			ret[n++] = (pid_t)child;
		if (file)
			fclose(file);
	}
	closedir(tasks);
	return n;
}

static void a_server_that_is_killed_leaves_no_child_and_goes_on_with_the_stream(void **state)
{
	(void)state;
	pid_t child[8];
	size_t n = children_of(program.pid, child, 8);
	assert_true(n >= 1);
	int64_t before = first_msn(folder);
	program_kill(&program, SIGKILL);
	for (size_t i = 0; i < n; i++) {
		int64_t until = ms_now() + WAIT_S * 1000;
		while (kill(child[i], 0) == 0 && ms_now() < until)
			wait_ms(20);
		assert_int_not_equal(kill(child[i], 0), 0);
	}
	assert_true(end_encoder(encoder, false) != 0);
	serve();
	int64_t began = ms_now();
	bool again = false;
	while (!again && ms_now() - began < WAIT_S * 1000) {
		/* As encoders do: until it is taken. */
		encoder = encode(PICTURE, "flv", address, "600");
		wait_ms(3000);
		again = get(viewer, "%s/main.m3u8", folder) == 200 && body_has(viewer, "URI=\"i3.mp4\"");
		if (!again)
			end_encoder(encoder, true);
	}
	assert_true(again);
	assert_true(first_msn(folder) > before);
	assert_true(stands(event_id, "state", "live"));
}

/* Its child would still give what is left of the old line; here it is held, so that the next surely comes before. */
static void an_encoder_that_comes_again_at_once_leaves_no_second_child(void **state)
{
	(void)state;
	pid_t child[8];
	assert_int_equal(children_of(program.pid, child, 8), 1);
	pid_t old = child[0];
	char next[40];
	assert_int_equal(get(viewer, "%s/main.m3u8", folder), 200);
	snprintf(next, sizeof next, "URI=\"i%lld.mp4\"", (long long)last_number("URI=\"i") + 1);
	NEED(kill(old, SIGSTOP) == 0, "no child");
	end_encoder(encoder, true);
	wait_ms(1000);
	encoder = encode(PICTURE, "flv", address, "600");
	assert_true(says(folder, "main.m3u8", next));
	size_t n = children_of(program.pid, child, 8);
	kill(old, SIGCONT);
	assert_int_equal(n, 1);
	assert_int_not_equal(child[0], old);
	assert_true(stands(event_id, "state", "live"));
}

static void a_new_key_breaks_the_old_one_off(void **state)
{
	(void)state;
	char newer[100];
	assert_int_equal(post_json(admin, base_of("%s/key", place(event_id)), "{}"), 200);
	assert_true(end_encoder(encoder, false) != 0);
	standing(event_id, "key", newer, sizeof newer);
	assert_string_not_equal(newer, key);
}

static void at_its_end_there_is_a_recording_that_plays(void **state)
{
	(void)state;
	char path[200], text[100] = "";
	assert_int_equal(post_json(admin, base_of("%s/end", place(event_id)), "{}"), 200);
	assert_true(says(folder, "main.m3u8", "#EXT-X-ENDLIST"));
	assert_true(becomes(event_id, "recorded"));
	int64_t ms = json_number(admin, "recording_ms");
	assert_int_equal(get(admin, "/orgs/%lld/events/%lld/stream/recording", (long long)w.office, (long long)event_id), 200);
	assert_memory_equal(buf_get(&admin->body).p + 4, "ftyp", 4);
	snprintf(path, sizeof path, "%s/recording-of-test.mp4", f->dir);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fwrite(admin->body.p, 1, admin->body.n, file);
	fclose(file);
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	pid_t pid = fork();
	if (pid == 0) {
		dup2(ends[1], STDOUT_FILENO);
		execlp("ffprobe", "ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", path, (char *)NULL);
		_exit(127);
	}
	close(ends[1]);
	(void)!read(ends[0], text, sizeof text - 1);
	close(ends[0]);
	assert_int_equal(end_encoder(pid, false), 0);
	double seconds = strtod(text, NULL);
	print_message("recording of %.1f s; %.1f s were counted\n", seconds, (double)ms / 1000);
	assert_true(seconds > 5 && seconds > (double)ms / 1000 - 5 && seconds < (double)ms / 1000 + 5);
}

/* ── after a restore ── */

static bool in_data(const struct fixture *at, const char *fmt, int64_t id)
{
	char path[200], name[100];
	snprintf(name, sizeof name, fmt, (long long)id);
	snprintf(path, sizeof path, "%s/%s", at->dir, name);
	return access(path, F_OK) == 0;
}

/* A backup of what is there now, on another server of the same kind of database; what asks f asks that one until gone_home. */
static struct program elsewhere;
static struct fixture *restored(void)
{
	char file[] = "/tmp/stream_http.XXXXXX", said[4000];
	struct fixture *to = fixture_place(fixture_sqlite(f));
	int fd = mkstemp(file);
	NEED(fd >= 0, "%s", file);
	close(fd);
	const char *const out[] = { "backup", file, NULL }, *const in[] = { "restore", file, NULL };
	NEED(program_run(f, said, sizeof said, out) == 0, "%s", said);
	NEED(program_run(to, said, sizeof said, in) == 0, "%s", said);
	NEED(program_serve(to, &elsewhere, message, sizeof message), "%s", message);
	unlink(file);
	admin->f = to;
	return to;
}

static void gone_home(struct fixture *to)
{
	admin->f = f;
	program_kill(&elsewhere, SIGTERM);
	fixture_end(to);
}

static void a_recording_is_there_after_a_restore_and_what_passes_is_not(void **state)
{
	(void)state;
	int64_t id = query_int(f, "SELECT id FROM stream WHERE event_id = %lld", (long long)event_id);
	assert_true(in_data(f, "stream/%lld/recording.mp4", id));
	/* What it was made of is in it, and lies there no more. */
	assert_false(in_data(f, "stream/%lld/take-1.mp4", id));
	assert_true(in_data(f, "hls", 0));
	assert_int_equal(get(admin, "/orgs/%lld/events/%lld/stream/recording", (long long)w.office, (long long)event_id), 200);
	struct str was = str_dup(f->cx.arena, buf_get(&admin->body));
	struct fixture *to = restored();
	assert_false(in_data(to, "hls", 0));
	assert_int_equal(get(admin, "/orgs/%lld/events/%lld/stream/recording", (long long)w.office, (long long)event_id), 200);
	assert_true(str_eq(buf_get(&admin->body), was));
	gone_home(to);
}

/* The night in which the backup was made came between the end of the stream and its recording. */
static void what_was_sent_becomes_a_recording_where_it_is_restored(void **state)
{
	(void)state;
	int64_t id = query_int(f, "SELECT id FROM stream WHERE event_id = %lld", (long long)event_id);
	char was[200], take[200];
	snprintf(was, sizeof was, "%s/stream/%lld/recording.mp4", f->dir, (long long)id);
	snprintf(take, sizeof take, "%s/stream/%lld/take-1.mp4", f->dir, (long long)id);
	assert_int_equal(rename(was, take), 0);
	program_kill(&program, SIGTERM);
	tamper(f, "UPDATE stream SET recording = 'making' WHERE id = %lld", (long long)id);
	tamper(f, "UPDATE job SET state = 'queued', claim = NULL, lease_until = NULL, ended_at = NULL WHERE kind = 'stream.record'");
	struct fixture *to = restored();
	assert_true(becomes(event_id, "recorded"));
	assert_true(in_data(to, "stream/%lld/recording.mp4", id) && !in_data(to, "stream/%lld/take-1.mp4", id));
	assert_int_equal(get(admin, "/orgs/%lld/events/%lld/stream/recording", (long long)w.office, (long long)event_id), 200);
	assert_memory_equal(buf_get(&admin->body).p + 4, "ftyp", 4);
	gone_home(to);
	assert_int_equal(rename(take, was), 0);
	tamper(f, "UPDATE stream SET recording = 'ready' WHERE id = %lld", (long long)id);
	tamper(f, "UPDATE job SET state = 'done' WHERE kind = 'stream.record'");
	query_end();
	serve();
}

static void a_second_stream_of_which_nothing_came_hides_no_recording(void **state)
{
	(void)state;
	assert_int_equal(post_json(admin, place(event_id), "{\"way\":\"rtmp\"}"), 200);
	assert_true(becomes(event_id, "in_hand"));
	assert_int_equal(get(admin, "/orgs/%lld/events/%lld/stream/recording", (long long)w.office, (long long)event_id), 200);
	assert_int_equal(post_json(admin, base_of("%s/end", place(event_id)), "{}"), 200);
	assert_true(stands(event_id, "state", "ended"));
	assert_int_equal(get(admin, "/orgs/%lld/events/%lld/stream/recording", (long long)w.office, (long long)event_id), 200);
	assert_memory_equal(buf_get(&admin->body).p + 4, "ftyp", 4);
	assert_int_equal(get(admin, "/orgs/%lld/events/%lld/stream", (long long)w.office, (long long)event_id), 200);
	assert_true(body_has(admin, "/stream/recording"));
}

static void a_webinar_that_has_become_a_course_is_watched_after_a_restore(void **state)
{
	(void)state;
	char path[200], media[100];
	tamper(f, "UPDATE event SET state = 'ended' WHERE id = %lld", (long long)event_id);
	snprintf(path, sizeof path, "%s/event", f->dir);
	assert_true(mkdir(path, 0700) == 0);
	snprintf(path, sizeof path, "%s/event/%lld.vtt", f->dir, (long long)event_id);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs("WEBVTT\n\n00:00.000 --> 00:04.000\nGood afternoon.\n", file);
	fclose(file);
	assert_int_equal(post_json(admin, base_of("/api/v1/orgs/%lld/events/%lld/stream-recording", (long long)w.office, (long long)event_id), "{}"), 200);
	/* It is kept as a course now, and not a second time. */
	assert_int_equal(query_int(f, "SELECT count(*) FROM stream WHERE event_id = %lld AND recording = 'ready'", (long long)event_id), 0);
	assert_int_equal(get(admin, "/orgs/%lld/events/%lld/stream/recording", (long long)w.office, (long long)event_id), 404);
	query_text(f, media, sizeof media, "SELECT media FROM resource WHERE id = (SELECT recording_id FROM event WHERE id = %lld)", (long long)event_id);
	assert_int_equal(get(admin, "/media/%s", media), 200);
	struct str was = str_dup(f->cx.arena, buf_get(&admin->body));
	struct fixture *to = restored();
	admin->header[0] = "Range: bytes=4-7";
	assert_int_equal(get(admin, "/media/%s", media), 206);
	assert_memory_equal(buf_get(&admin->body).p, "ftyp", 4);
	assert_int_equal(get(admin, "/media/%s", media), 200);
	assert_true(was.n > 10000 && str_eq(buf_get(&admin->body), was));
	gone_home(to);
}

/* ── the other way ── */

/* What `ps` shows of the program's children, the ends of their arguments as spaces. */
static size_t said_of_children(char *ret, size_t n)
{
	char path[60];
	pid_t child[8];
	size_t have = 0, found = children_of(program.pid, child, 8);
	for (size_t i = 0; i < found; i++) {
		snprintf(path, sizeof path, "/proc/%d/cmdline", (int)child[i]);
		FILE *file = fopen(path, "r");
		have += file ? fread(ret + have, 1, n - have - 1, file) : 0;
		if (file)
			fclose(file);
	}
	for (size_t i = 0; i < have; i++)
		ret[i] = ret[i] ? ret[i] : ' ';
	ret[have] = 0;
	return found;
}

static void srt_goes_the_same_way_encrypted_with_the_key(void **state)
{
	(void)state;
	static char said[8000];
	the_key(srt_event, "srt", server, key, sizeof key);
	assert_true(becomes(srt_event, "in_hand"));
	folder_of(srt_event, folder, sizeof folder);
	/* Who looks at the list of processes does not learn the passphrase. */
	int64_t waits = ms_now() + WAIT_S * 1000;
	while ((!said_of_children(said, sizeof said) || !strstr(said, "ffmpeg")) && ms_now() < waits)
		wait_ms(PIECE);
	assert_non_null(strstr(said, "mpegts"));
	assert_null(strstr(said, key));
	assert_null(strstr(said, "passphrase"));
	wait_ms(2000);
	snprintf(address, sizeof address, "srt://127.0.0.1:%u?mode=caller&passphrase=0123456789abcdef0123456789abcdef&pbkeylen=16", srt_port);
	assert_true(end_encoder(encode(PICTURE, "mpegts", address, "5"), false) != 0);
	assert_int_equal(get(viewer, "%s/index.m3u8", folder), 404);
	snprintf(address, sizeof address, "srt://127.0.0.1:%u?mode=caller&passphrase=%s&pbkeylen=16", srt_port, key);
	bool seen = false;
	for (int64_t until = ms_now() + WAIT_S * 1000; !seen && ms_now() < until;) {
		encoder = encode(PICTURE, "mpegts", address, "600");
		wait_ms(5000);
		seen = get(viewer, "%s/index.m3u8", folder) == 200;
		if (!seen)
			end_encoder(encoder, true);
	}
	assert_true(seen);
	assert_true(stands(srt_event, "state", "live"));
	assert_true(says(folder, "main.m3u8", "#EXT-X-PART:"));
	assert_true(said_of_children(said, sizeof said) == 1 && !strstr(said, key));
	end_encoder(encoder, true);
	assert_int_equal(post_json(admin, base_of("%s/end", place(srt_event)), "{}"), 200);
	assert_true(stands(srt_event, "state", "ended"));
}

/* ── encoded here ── */

static void any_form_is_shown_by_a_server_that_encodes_and_in_less_for_thin_lines(void **state)
{
	(void)state;
	static const char *const args[] = { "-t", "600", "-c:v", "flv1", "-b:v", "1000k", "-c:a", "mp3", "-ar", "44100", "-f", "flv", NULL };
	char thin[220];
	int64_t event = an_event("In an old form");
	program_kill(&program, SIGTERM);
	setenv("KARMAYOGI_STREAM_ENCODE", "true", 1);
	serve();
	the_key(event, "rtmp", server, key, sizeof key);
	folder_of(event, folder, sizeof folder);
	snprintf(address, sizeof address, "rtmp://127.0.0.1:%u/live/%s", rtmp_port, key);
	assert_true(becomes(event, "in_hand"));
	encoder = run_encoder("640x360", args, address);
	assert_true(says(folder, "index.m3u8", "RESOLUTION=426x240\n../"));
	assert_true(body_has(viewer, "RESOLUTION=640x360\nmain.m3u8") && body_has(viewer, "avc1.4d") && body_has(viewer, "mp4a.40.2"));
	snprintf(thin, sizeof thin, "%s240", folder);
	assert_true(says(thin, "main.m3u8", "#EXTINF:") && says(folder, "main.m3u8", "#EXTINF:"));
	assert_int_equal(get(viewer, "%s/s0.m4s", thin), 200);
	size_t less = viewer->body.n;
	assert_int_equal(get(viewer, "%s/s0.m4s", folder), 200);
	print_message("a segment of %zu bytes at 640x360, of %zu for thin lines\n", viewer->body.n, less);
	assert_true(less < viewer->body.n);
	assert_int_equal(get(viewer, "%s/sound.m3u8", thin), 200);
	assert_int_equal(post_json(admin, base_of("%s/end", place(event)), "{}"), 200);
	assert_true(says(thin, "main.m3u8", "#EXT-X-ENDLIST"));
	end_encoder(encoder, true);
	unsetenv("KARMAYOGI_STREAM_ENCODE");
}

/* ── two processes ── */

static void another_process_takes_a_stream_over_when_the_one_that_had_it_is_gone(void **state)
{
	(void)state;
	if (fixture_sqlite(f)) {
		skip(); /* of a SQLite file there is one process */
		return;
	}
	int64_t event = an_event("In two houses");
	the_key(event, "rtmp", server, key, sizeof key);
	folder_of(event, folder, sizeof folder);
	snprintf(address, sizeof address, "rtmp://127.0.0.1:%u/live/%s", rtmp_port, key);
	assert_true(becomes(event, "in_hand"));
	encoder = encode(PICTURE, "flv", address, "600");
	assert_true(says(folder, "main.m3u8", "URI=\"i1.mp4\""));
	setenv("KARMAYOGI_NODE", "2", 1);
	NEED(program_serve(f, &second, message, sizeof message), "%s", message);
	/* Both hand out; who stands by takes nothing away from who has it. */
	wait_ms(3000);
	assert_true(stands(event, "state", "live"));
	assert_int_equal(get(viewer, "%s/main.m3u8", folder), 200);
	assert_false(body_has(viewer, "URI=\"i2.mp4\""));
	program_kill(&program, SIGKILL);
	assert_true(end_encoder(encoder, false) != 0);
	int64_t began = ms_now();
	bool again = false;
	while (!again && ms_now() - began < 2 * WAIT_S * 1000) {
		encoder = encode(PICTURE, "flv", address, "600");
		wait_ms(3000);
		again = get(viewer, "%s/main.m3u8", folder) == 200 && body_has(viewer, "URI=\"i2.mp4\"");
		if (!again)
			end_encoder(encoder, true);
	}
	print_message("the other process shows it %.1f s after the first was killed\n", (double)(ms_now() - began) / 1000);
	assert_true(again);
	assert_true(stands(event, "state", "live"));
	assert_int_equal(query_int(f, "SELECT node FROM stream WHERE event_id = %lld", (long long)event), 2);
	assert_int_equal(post_json(admin, base_of("%s/end", place(event)), "{}"), 200);
	end_encoder(encoder, true);
	assert_true(becomes(event, "recorded"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_holds_an_event_gets_a_key_and_nobody_else_does),
		cmocka_unit_test(a_wrong_key_is_refused),
		cmocka_unit_test(what_not_every_browser_plays_is_refused_with_a_sentence),
		cmocka_unit_test(what_is_pushed_by_rtmp_is_seen_within_seconds),
		cmocka_unit_test(the_next_part_is_waited_for_and_comes_when_it_is_there),
		cmocka_unit_test(who_waits_keeps_nobody_else_waiting),
		cmocka_unit_test(segments_are_whole_files_and_ranges_of_them_are_served),
		cmocka_unit_test(an_encoder_that_comes_again_goes_on_in_the_same_playlist),
		cmocka_unit_test(a_server_that_is_killed_leaves_no_child_and_goes_on_with_the_stream),
		cmocka_unit_test(an_encoder_that_comes_again_at_once_leaves_no_second_child),
		cmocka_unit_test(a_new_key_breaks_the_old_one_off),
		cmocka_unit_test(at_its_end_there_is_a_recording_that_plays),
		cmocka_unit_test(a_recording_is_there_after_a_restore_and_what_passes_is_not),
		cmocka_unit_test(what_was_sent_becomes_a_recording_where_it_is_restored),
		cmocka_unit_test(a_second_stream_of_which_nothing_came_hides_no_recording),
		cmocka_unit_test(a_webinar_that_has_become_a_course_is_watched_after_a_restore),
		cmocka_unit_test(srt_goes_the_same_way_encrypted_with_the_key),
		cmocka_unit_test(any_form_is_shown_by_a_server_that_encodes_and_in_less_for_thin_lines),
		cmocka_unit_test(another_process_takes_a_stream_over_when_the_one_that_had_it_is_gone),
	};
	return cmocka_run_group_tests(tests, begin_all, end_all);
}
