package extract

// claim names the annotator that owns a token. Annotators run in the order of
// the constants, and one must not read a value from words that an earlier one
// owns: the year of a law is no date, the street in a venue no region.
type claim uint8

// The claims, strongest first.
const (
	free            claim = iota
	claimLaw              // citations of laws
	claimNumber           // numbers of documents
	claimMoney            // sums of money and other quantities
	claimClock            // times of day
	claimDuration         // spans of time
	claimDate             // calendar dates
	claimBody             // names of bodies that are not regional governments
	claimRegion           // regions
	claimPerson           // names of persons, with titles
	claimInstrument       // instruments of agreement
)

// take claims tokens [from, to) for c unless one of them is taken; it reports
// whether it did.
func (d *document) take(from, to int, c claim) bool {
	if !d.unclaimed(from, to) {
		return false
	}
	for i := from; i < to; i++ {
		d.owner[i] = c
	}
	return true
}

// unclaimed reports whether no annotator owns a token of [from, to).
func (d *document) unclaimed(from, to int) bool {
	for i := from; i < to; i++ {
		if d.owner[i] != free {
			return false
		}
	}
	return true
}

// Step is a candidate that was looked at and not taken, or taken with a
// reason worth telling; see [Extractor.Explain].
type Step struct {
	Rule   string `json:"rule"`
	Text   string `json:"text"`
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Reason string `json:"reason"` // why it yields no value
}

// reject notes a candidate that yields nothing, and why.
func (d *document) reject(from, to int, rule, reason string) {
	if !d.trace || from >= to {
		return
	}
	e := d.evidence(from, to, rule)
	d.steps = append(d.steps, Step{Rule: rule, Text: e.Text, Start: e.Start, End: e.End, Reason: reason})
}
