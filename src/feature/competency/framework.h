/* A competency framework as a file: CSV, or a package of CASE 1.1 (1EdTech, "Competencies and Academic Standards Exchange"). Pure.
 *
 * CSV: one row a thing, by its kind; columns in any order, those that are not known are refused:
 *
 *   kind        code  parent  area  level  name_en  name_hi  about_en  about_hi  owner  identifier  replaced_by  relates_to
 *   framework   kcm                       3      …                                     cbc    and where it is from, in the column `source`
 *   level                           1      Beginner शुरुआती
 *   area        b                   behavioural
 *   theme       b.communication     b
 *   sub-theme   b.active-listening  b.communication
 *   indicator   right behind its competency, which is its parent; level; the text in about_en, about_hi
 *   sankalp, guna   what the framework is guided by: the four resolves and virtues of the Karmayogi Competency Model
 *
 * A text that begins with = + - @ is written with a ' before it, for spreadsheets, and read without.
 *
 * `area` of an area is behavioural, functional or domain; what is below has it from there. A sub-theme stands below a theme or another
 * sub-theme. A level is a whole number from 1 to the number of levels of the framework. Names and texts in Hindi may be absent: then
 * the English one is shown. relates_to: codes with spaces between. An identifier that is absent follows from the codes (framework_uuid),
 * so that the same file is the same framework everywhere.
 *
 * CASE: CFDocument is the framework (its identifier the framework's), CFItems are areas, themes and sub-themes by CFItemType; without a type that is ours by
 * depth: an item with parts at the top is an area, then themes, and sub-themes below. humanCodingScheme is the code where it is one, else the
 * identifier. The first word of an area's `subject` is its kind of area. isChildOf makes the tree, replacedBy and isRelatedTo the links, sequenceNumber the
 * order. Rubrics of the package whose criteria name one item are its indicators, their levels by `position`. What a package cannot say (Hindi, owners) stays
 * with what is here already. */
#ifndef FEATURE_FRAMEWORK_H
#define FEATURE_FRAMEWORK_H
#include "base/arena.h"
#include "base/field.h"
#include "text/finding.h"

enum {
	FRAMEWORK_LEVELS_MAX = 10,
	FRAMEWORK_ENTRIES_MAX = 5000,
	FRAMEWORK_DEPTH_MAX = 8,
	FRAMEWORK_CODE_MAX = 80,
	FRAMEWORK_NAME_MAX = 300,
	FRAMEWORK_TEXT_MAX = 4000,
	FRAMEWORK_BYTES_MAX = 8 << 20
};

enum entry_kind { ENTRY_AREA, ENTRY_THEME, ENTRY_SUB_THEME, ENTRY_SANKALP, ENTRY_GUNA, ENTRY_KINDS };
extern const char *const entry_kinds[ENTRY_KINDS + 1]; /* "area" …, ended by NULL */

struct said {
	struct str en, hi; /* hi absent: as en */
};
struct indicator {
	int64_t level;
	struct said text;
};
struct entry {
	enum entry_kind kind;
	struct str code, parent; /* parent absent: at the top */
	struct str area;	 /* behavioural functional domain; of areas and what is below them; else empty */
	struct str identifier;
	struct said name, about;
	struct str owner;	/* code of an organisation; absent: that of the framework */
	struct str replaced_by; /* code; absent: none */
	struct strs relates_to; /* codes */
	struct indicator *indicators;
	size_t n_indicators;
	int line;     /* of the file, for what is found wrong */
	size_t depth; /* 0 at the top; set by framework_settle */
};
struct framework {
	struct str code, identifier, source, owner;
	struct said name, about;
	struct said levels[FRAMEWORK_LEVELS_MAX], level_about[FRAMEWORK_LEVELS_MAX];
	size_t n_levels;
	struct entry *v; /* parents before what is below them */
	size_t n;
	bool of_case; /* says nothing of Hindi, owners and levels' words */
};

/* Reads a file of either kind; the mistakes go to `findings` with line or identifier, and the result then is not to be used. name: of the file, for the
 * findings. code: of the framework where the file cannot say it (CASE); absent: made of its title. In the arena of the findings. */
struct framework *framework_read(struct findings *f, struct str name, struct str text, struct str code);
/* Levels, parents, kinds, cycles, codes twice, links: puts entries into order. For framework_read, and for what was changed by hand. */
void framework_settle(struct findings *f, struct str name, struct framework *fw);
/* The same framework as text; what was read comes back the same. */
void framework_write_csv(struct buf *b, const struct framework *fw);
/* A CFPackage (CASE 1.1). base: the public address, of the URIs; changed_at: UTC ms. */
void framework_write_case(struct buf *b, const struct framework *fw, struct str base, int64_t changed_at);
/* One CFDocument, CFItem: the objects of the package by themselves. */
void framework_write_document(struct buf *b, const struct framework *fw, struct str base, int64_t changed_at);
void framework_write_item(struct buf *b, const struct framework *fw, const struct entry *e, struct str base, int64_t changed_at);
/* The associations that begin or end at an item; NULL: all. An array. */
void framework_write_associations(struct buf *b, const struct framework *fw, const struct entry *of, struct str base, int64_t changed_at);

/* Letters, figures, full stop, hyphen and underscore, beginning with a letter or figure; at most FRAMEWORK_CODE_MAX. */
bool framework_code_good(struct str code);
bool framework_uuid_good(struct str s);
/* Name-based, of version 8 (RFC 9562, 5.8): 122 bits of the SHA-256 over framework, U+0000 and code. */
struct str framework_uuid(struct arena *a, struct str framework, struct str code);
#endif
