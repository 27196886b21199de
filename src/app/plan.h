/* `karmayogi plan --person LOGIN [--hours N [--months N]] [--hindi]`: what somebody should learn, as the page /me/plan proposes it.
 *
 * LOGIN: e-mail address or mobile number. --hours: how many hours the person gives to learning, in a month when --months says for how many, else in
 * all, within a year; neither: 50 hours in a year. --hindi: sentences in Hindi.
 *
 * On standard output one object and nothing else, and the line ends behind it; its shape is that of plan_json (feature/plan/plan.h): "gaps", "courses" with
 * "reasons" and "minutes", "proved", and the bounds "worth_bound" and "cost_bound". What is wrong is a sentence on standard error; then nothing stands on
 * standard output and the exit code is 1. */
#ifndef APP_PLAN_H
#define APP_PLAN_H
#include "app/command.h"

int plan_run(struct command_line *c);
#endif
