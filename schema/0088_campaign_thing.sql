-- owner: campaign
-- Which events, programmes (by their sessions) and charchas count in a campaign, in place of whether they do: 'none'; 'all'; 'linked', those that name a competency;
-- 'listed', those of campaign_thing, in a campaign by competency only as far as they name one. Campaigns made before keep what they were announced with: all or none.
ALTER TABLE campaign ADD COLUMN events TEXT NOT NULL DEFAULT 'none' CHECK (events IN ('none', 'all', 'linked', 'listed'));
ALTER TABLE campaign ADD COLUMN programmes TEXT NOT NULL DEFAULT 'none' CHECK (programmes IN ('none', 'all', 'linked', 'listed'));
ALTER TABLE campaign ADD COLUMN charchas TEXT NOT NULL DEFAULT 'none' CHECK (charchas IN ('none', 'all', 'linked', 'listed'));
UPDATE campaign SET events = CASE WHEN with_events THEN 'all' ELSE 'none' END, programmes = CASE WHEN with_sessions THEN 'all' ELSE 'none' END,
	charchas = CASE WHEN with_charchas THEN 'all' ELSE 'none' END;
ALTER TABLE campaign DROP COLUMN with_events;
ALTER TABLE campaign DROP COLUMN with_sessions;
ALTER TABLE campaign DROP COLUMN with_charchas;
-- The list of a campaign. thing_id: of an event, a programme or a charcha, as kind says; ids are of one source, so no two things share one.
CREATE TABLE campaign_thing (
	campaign_id ID NOT NULL REFERENCES campaign (id),
	thing_id ID NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('event', 'programme', 'charcha')),
	PRIMARY KEY (campaign_id, thing_id)
) BY KEY;
-- What stood above an organisation (with itself, at distance 0) on the days before until_day, from the until_day before that on: kept when it is moved with all below it.
-- What is above it on later days stands in org_above. Learning counts above where the organisation stood on the day.
CREATE TABLE campaign_was_above (
	org_id ID NOT NULL REFERENCES org (id),
	until_day INT NOT NULL,
	above_id ID NOT NULL REFERENCES org (id),
	distance INT NOT NULL CHECK (distance >= 0),
	PRIMARY KEY (org_id, until_day, above_id)
) BY KEY;
CREATE INDEX campaign_was_above_down ON campaign_was_above (above_id, distance, until_day);
