-- owner: post
-- Whole rows, for who lays down many at once and may have to take them back (post_bulk.h).

-- rows: work_role by id
-- rows: activity by id
-- rows: activity_competency by activity_id
-- rows: post by id
-- rows: post_role by post_id
-- rows: holding by id
