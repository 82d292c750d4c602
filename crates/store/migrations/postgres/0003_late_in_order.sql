-- The late duties are read by due day, then by child, rule and occasion: the index gives them in that order.

DROP INDEX duty_open;
CREATE INDEX duty_open ON duty (due_on, child, rule, occurrence) WHERE state = 'open';
