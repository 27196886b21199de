-- owner: campaign
-- Rows of `learned` are looked at a second time when they are a minute old: what a transaction that ended late brought was not there when the mark went by. swept_at and
-- swept_person_id are the mark of that (swept_at was the time of a walk over all of the last minutes). seen_ms: all verified time of the person, in the days of the
-- campaigns that were live then, when he was counted last (-1: not known); who has no more than that needs no counting anew.
ALTER TABLE campaign_mark ADD COLUMN swept_person_id ID NOT NULL DEFAULT 0;
ALTER TABLE campaign_person ADD COLUMN seen_ms INT NOT NULL DEFAULT -1;
