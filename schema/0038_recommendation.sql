-- owner: recommendation
-- What is recommended to a person is asked from the person's side.
CREATE INDEX recommendation_org ON recommendation (org_id, course_id);
CREATE INDEX recommendation_designation ON recommendation (designation_id, course_id);
CREATE INDEX recommendation_kind ON recommendation (kind, course_id);
