-- Everything that a count of the board reads of a duty, by child: the wide rows stay where they are, and what a child's
-- new entry changes lies together.

CREATE INDEX duty_board ON duty
    (child, state, closed_on, rule, due_on, opens_on, due_at, stuck_step, days_late);
