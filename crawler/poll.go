package crawler

import (
	"time"

	"pakta"
)

const (
	// minPoll is the shortest pause between two readings of a source: feeds are
	// made anew every quarter of an hour or so.
	minPoll = 30 * time.Minute
	// maxPoll is the longest; from there on the nightly run is enough.
	maxPoll = 12 * time.Hour
)

// plan says when the source should be read again. A feed that may have lost
// items is read twice in the time that its items span, half that if it
// overflows again; without overflows the pause doubles until the schedule's own
// runs are enough.
func (d *discovery) plan(st *pakta.SourceState, c *pakta.SourceRun) {
	switch {
	case c.Overflow > 0 && st.PollEvery > 0:
		st.PollEvery = max(st.PollEvery/2, minPoll)
	case c.Overflow > 0:
		st.PollEvery = min(max(d.feedSpan()/2, minPoll), maxPoll)
	default:
		if st.PollEvery *= 2; st.PollEvery > maxPoll {
			st.PollEvery = 0
		}
	}
	st.Poll = time.Time{}
	if st.PollEvery > 0 {
		st.Poll = d.now.Add(st.PollEvery).UTC()
	}
	c.NextPoll = st.Poll
}

// feedSpan is the shortest time that the items of a feed span; that of a feed
// without dates is the longest pause.
func (d *discovery) feedSpan() time.Duration {
	shortest := maxPoll
	for _, y := range d.yields {
		if y.Kind == kindFeed && y.newest.After(y.oldest.Time) {
			shortest = min(shortest, y.newest.Sub(y.oldest.Time))
		}
	}
	return shortest
}
