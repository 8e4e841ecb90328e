package crawler

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"pakta"
)

// AlarmKind is what is wrong with a source.
type AlarmKind string

// The kinds of alarms.
const (
	AlarmUnread   AlarmKind = "unread"    // the last run could not read it, or not to its end
	AlarmFailing  AlarmKind = "failing"   // most of its pages could not be had
	AlarmEmpty    AlarmKind = "empty"     // its listings give nothing any more
	AlarmQuiet    AlarmKind = "quiet"     // no new article for longer than it ever kept silent
	AlarmTextLost AlarmKind = "text_lost" // its articles lack title, date or text, unlike before
	AlarmRejected AlarmKind = "rejected"  // what it lists are no articles, unlike before
)

// AlarmKinds lists all kinds, the gravest first.
func AlarmKinds() []AlarmKind {
	return []AlarmKind{AlarmUnread, AlarmFailing, AlarmEmpty, AlarmQuiet, AlarmTextLost, AlarmRejected}
}

// Alarm is one thing that is wrong with a source, for a person to look at.
type Alarm struct {
	Kind    AlarmKind `json:"kind"`
	Message string    `json:"message"` // what was seen
	Advice  string    `json:"advice"`  // what to do
}

// Health is how a source fares, measured by its own past.
type Health struct {
	Source string `json:"source"`
	// Runs counts the runs that it was judged by.
	Runs int `json:"runs"`
	// Last is what the last of them did, Read when it began, UTC.
	Last pakta.SourceRun `json:"last"`
	Read time.Time       `json:"read"`
	// LastNew is when it last had a new article, UTC; zero: never.
	LastNew time.Time `json:"last_new,omitzero"`
	Alarms  []Alarm   `json:"alarms"` // never nil
}

const (
	// minQuiet is the shortest silence that is noticed: government sites are
	// silent from Friday to Monday, and over a holiday beside it.
	minQuiet = 4 * 24 * time.Hour
	// unknownQuiet is the silence that is noticed at sources whose habits are
	// not known yet.
	unknownQuiet = 14 * 24 * time.Hour
	// quietFactor is how much longer than usual a source may be silent.
	quietFactor = 3
	// habitGaps is the least number of pauses that make a habit.
	habitGaps = 4

	// minNow and minPast are the fewest articles, of late and before, that a
	// share is computed of.
	minNow  = 5
	minPast = 20
)

// Examine judges each source by the reports of its runs, in any order. Runs that were
// stopped or have not ended count for what they did. The result is sorted by
// source. The weak case is a source that changes and goes quiet in its first
// nights: it has no past to be measured by.
func Examine(runs []pakta.Run) []Health {
	runs = slices.Clone(runs)
	slices.SortFunc(runs, func(a, b pakta.Run) int { return a.Started.Compare(b.Started) })
	past := map[string]*history{}
	for i := range runs {
		for _, s := range runs[i].Sources {
			if past[s.Source] == nil {
				past[s.Source] = &history{}
			}
			past[s.Source].add(runs[i].Started, s)
		}
	}
	out := make([]Health, 0, len(past))
	for name, h := range past {
		out = append(out, h.health(name))
	}
	slices.SortFunc(out, func(a, b Health) int { return cmp.Compare(a.Source, b.Source) })
	return out
}

// history is what the runs did with one source, oldest first.
type history struct {
	times []time.Time
	runs  []pakta.SourceRun
}

func (h *history) add(at time.Time, s pakta.SourceRun) {
	if s.Requests == 0 && s.Problem == "" {
		return // the run ended before it came to this source
	}
	h.times, h.runs = append(h.times, at), append(h.runs, s)
}

func (h *history) health(name string) Health {
	out := Health{Source: name, Runs: len(h.runs), Alarms: []Alarm{}}
	if len(h.runs) == 0 {
		return out
	}
	out.Last, out.Read = h.runs[len(h.runs)-1], h.times[len(h.times)-1]
	for _, s := range h.runs {
		if s.LastNew.After(out.LastNew) {
			out.LastNew = s.LastNew
		}
	}
	for _, look := range []func(*Health) *Alarm{h.unread, h.failing, h.empty, h.quiet, h.textLost, h.rejected} {
		if a := look(&out); a != nil {
			out.Alarms = append(out.Alarms, *a)
		}
	}
	return out
}

func (h *history) unread(o *Health) *Alarm {
	if o.Last.Problem == "" {
		return nil
	}
	n := 0
	for n < len(h.runs) && h.runs[len(h.runs)-1-n].Problem != "" {
		n++
	}
	message := o.Last.Problem
	if n > 1 {
		message += fmt.Sprintf(" (%d runs in a row)", n)
	}
	advice := "open the site in a browser; pakta sources check " + o.Source
	if o.Last.Errors["tls"] > 0 {
		advice = "tell the site that its certificate is not good; to read it all the same, put insecure_tls: true into its entry"
	}
	return &Alarm{AlarmUnread, message, advice}
}

func (h *history) failing(o *Health) *Alarm {
	asked := o.Last.Discovered - o.Last.Pending
	if o.Last.Failed < minNow || 2*o.Last.Failed <= asked {
		return nil
	}
	return &Alarm{AlarmFailing, fmt.Sprintf("%d of %d pages could not be had", o.Last.Failed, asked),
		"they are tried again by themselves; if it lasts, give the site a longer crawler.delay or write to it"}
}

func (h *history) empty(o *Health) *Alarm {
	listed := func(s pakta.SourceRun) int { return s.Discovered + s.Known }
	if listed(o.Last) > 0 || o.Last.Problem != "" {
		return nil
	}
	for _, s := range h.runs {
		if listed(s) > 0 {
			return &Alarm{AlarmEmpty, "its listings have no article any more", "the site has moved or was rebuilt: pakta sources check " + o.Source}
		}
	}
	return &Alarm{AlarmEmpty, "no article was ever found", "give the address of the section with the news: pakta sources add URL"}
}

// quiet compares the silence of a source with its pauses so far.
func (h *history) quiet(o *Health) *Alarm {
	if o.LastNew.IsZero() || o.Last.Problem != "" {
		return nil
	}
	silence := o.Read.Sub(o.LastNew)
	allowed := unknownQuiet
	if gaps := h.gaps(); len(gaps) >= habitGaps {
		// Most pauses, not the longest: one outage must not excuse the next.
		allowed = max(minQuiet, quietFactor*gaps[len(gaps)*9/10])
	}
	if silence < allowed {
		return nil
	}
	return &Alarm{AlarmQuiet, fmt.Sprintf("nothing new for %d days", int(silence.Hours()/24)),
		"compare with the site: if it has news, its layout changed: pakta sources check " + o.Source}
}

// gaps are the pauses between runs that had something new, shortest first.
func (h *history) gaps() []time.Duration {
	var gaps []time.Duration
	var last time.Time
	for i, s := range h.runs {
		if s.New == 0 {
			continue
		}
		if !last.IsZero() {
			gaps = append(gaps, h.times[i].Sub(last))
		}
		last = h.times[i]
	}
	slices.Sort(gaps)
	return gaps
}

// share counts hits among all, of late (the last runs that have minNow
// together) and before.
func (h *history) share(hit, all func(pakta.SourceRun) int) (now, nowOf, past, pastOf int) {
	for i := len(h.runs) - 1; i >= 0; i-- {
		s := h.runs[i]
		if nowOf < minNow {
			now, nowOf = now+hit(s), nowOf+all(s)
		} else {
			past, pastOf = past+hit(s), pastOf+all(s)
		}
	}
	return now, nowOf, past, pastOf
}

func (h *history) textLost(o *Health) *Alarm {
	now, nowOf, past, pastOf := h.share(
		func(s pakta.SourceRun) int { return s.Complete },
		func(s pakta.SourceRun) int { return s.Fetched })
	const advice = "its layout changed: read one of its articles with pakta extract --from html, and add a row of selectors for the site"
	switch {
	case nowOf < minNow:
		return nil
	case 2*past >= pastOf && pastOf >= minPast && 2*now*pastOf < past*nowOf:
		return &Alarm{AlarmTextLost, fmt.Sprintf("of the last %d articles %d have title, date and text; before, %d of %d had", nowOf, now, past, pastOf), advice}
	case pastOf < minPast && 4*(now+past) < nowOf+pastOf:
		return &Alarm{AlarmTextLost, fmt.Sprintf("only %d of %d articles have title, date and text", now+past, nowOf+pastOf), advice}
	}
	return nil
}

func (h *history) rejected(o *Health) *Alarm {
	answered := func(s pakta.SourceRun) int { return s.Fetched + s.Unchanged + s.Rejected }
	now, nowOf, past, pastOf := h.share(func(s pakta.SourceRun) int { return s.Rejected }, answered)
	if nowOf < minNow || 2*now <= nowOf || pastOf >= minPast && 2*past > pastOf {
		return nil
	}
	return &Alarm{AlarmRejected, fmt.Sprintf("%d of the last %d pages are no articles", now, nowOf),
		"look at some of them (pakta status --json has the reasons); give the address of the section with the news"}
}
