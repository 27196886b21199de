/* `karmayogi backup` and `karmayogi restore`: everything an installation is, in one file.
 *
 * The file is a tar packed with zstd. It holds the rows of all tables as of one moment (tables/NAME.tsv, see db/copy.h), the media, keys and
 * staff lists (files/…), and at the end manifest.json with the migrations that the data stand on, the number of rows and the SHA-256 of
 * each part, and manifest.sha256 with that of the manifest. Of live streams it holds what cannot be made again: recordings, and the takes
 * of those that are not put together yet; not DATA/hls, which viewers have had by then. Nothing in it depends on the back end: what was in
 * SQLite can be restored into PostgreSQL and the other way round. Settings (karmayogi.conf) are the machine's and are not in it. It holds
 * the keys of the installation: keep it as you keep those.
 *
 *   backup   while the server serves; it sees one picture of the data and holds nobody up. The file appears under its name when it is whole.
 *   restore  proves the whole file first; then fills a folder beside DATA and a new database, and only at the end puts them in place. Whatever
 *            goes wrong before, what was there is as it was. With --replace the old DATA is kept beside, under another name. */
#ifndef APP_BACKUP_H
#define APP_BACKUP_H
#include "app/command.h"
#include "feature/operation/health.h"

enum { BACKUP_FORMAT = 1, BACKUP_MANIFEST_MAX = 64 << 20 };

int backup_run(struct command_line *c);
int restore_run(struct command_line *c);
#endif
