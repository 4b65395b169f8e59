-- Most jobs have no labels, and an inverted index keeps an entry for them all the same.
drop index job_labels_idx;
create index job_by_label on job using gin (labels) where labels <> '{}';
