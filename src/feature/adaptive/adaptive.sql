-- owner: adaptive

-- name: enemies :many
-- Items of a form that are never in one paper, once each pair, by their places.
-- param form_id id
-- col a int
-- col b int
SELECT a.n AS a, b.n AS b FROM exam_form_item a JOIN item_enemy m ON m.item_id = a.item_id
	JOIN exam_form_item b ON b.form_id = a.form_id AND b.item_id = m.other_id
WHERE a.form_id = :form_id AND a.n < b.n ORDER BY a.n, b.n LIMIT 100000;
