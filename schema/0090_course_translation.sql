-- owner: course
-- The language versions of a course are looked up for each page of a course; without this by a walk over all live courses.
CREATE INDEX course_translation ON course (translation_of_id) WHERE translation_of_id IS NOT NULL;
