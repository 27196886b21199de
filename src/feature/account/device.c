/* Browsers and systems by what they say of themselves; see device.h. */
#include "feature/account/device.h"
#include "base/utf8.h"
#include "web/lang.h"

/* In this order: later ones stand in the words of earlier ones, too. */
static const struct {
	const char *mark, *name;
} browsers[] = { { "Edg", "Edge" },
		 { "OPR/", "Opera" },
		 { "SamsungBrowser", "Samsung Internet" },
		 { "UCBrowser", "UC Browser" },
		 { "Firefox/", "Firefox" },
		 { "FxiOS", "Firefox" },
		 { "CriOS", "Chrome" },
		 { "Chrome/", "Chrome" },
		 { "Safari/", "Safari" } },
  systems[] = { { "Android", "Android" }, { "iPhone", "iPhone" }, { "iPad", "iPad" },  { "Windows", "Windows" },
		{ "Mac OS X", "macOS" },  { "CrOS", "ChromeOS" }, { "Linux", "Linux" } };

static const char *browser_of(struct str agent)
{
	for (size_t i = 0; i < sizeof browsers / sizeof *browsers; i++)
		if (str_find(agent, str_of(browsers[i].mark)) >= 0)
			return browsers[i].name;
	return NULL;
}

static const char *system_of(struct str agent)
{
	for (size_t i = 0; i < sizeof systems / sizeof *systems; i++)
		if (str_find(agent, str_of(systems[i].mark)) >= 0)
			return systems[i].name;
	return NULL;
}

struct str account_browser(struct str agent)
{
	const char *browser = browser_of(agent);
	return browser ? str_of(browser) : utf8_prefix(str_before(agent, ' '), 60);
}

struct str account_device(struct ctx *cx, struct str agent)
{
	const char *browser = browser_of(agent), *system_name = system_of(agent);
	struct str first = account_browser(agent);
	if (browser && system_name)
		return msg_text(cx, N_("{browser} on {system}"), 2, (struct msg_arg[]){ { "browser", str_of(browser) }, { "system", str_of(system_name) } });
	return first.n ? first : str_of(tr(cx->lang, N_("A program that does not name itself")));
}
