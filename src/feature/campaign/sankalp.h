/* The four Sankalps (resolves) of the Karmayogi Competency Model, as themes of days that a new campaign begins with. The words are ours. */
#ifndef FEATURE_SANKALP_H
#define FEATURE_SANKALP_H

enum { SANKALPS = 4 };
struct sankalp {
	const char *name_en, *name_hi, *words_en, *words_hi;
};
static const struct sankalp sankalps[SANKALPS] = {
	{ "Vikasa: development", "विकास", "What did you learn today that helps those you serve to move forward?",
	  "आज आपने ऐसा क्या सीखा जिससे वे आगे बढ़ें जिनकी आप सेवा करते हैं?" },
	{ "Garva: pride", "गर्व", "Of which work of your office can people be proud, and what is your part in it?",
	  "आपके कार्यालय के किस काम पर लोग गर्व कर सकते हैं, और उसमें आपका क्या योगदान है?" },
	{ "Kartavya: duty", "कर्तव्य", "Which duty of yours would somebody miss first if it were not done?",
	  "आपका कौन-सा कर्तव्य न निभाया जाए तो किसी को सबसे पहले उसकी कमी खलेगी?" },
	{ "Ekata: unity", "एकता", "With whom in another office could you do something better together?",
	  "किसी दूसरे कार्यालय के किस साथी के साथ मिलकर आप कोई काम बेहतर कर सकते हैं?" },
};
#endif
