package eval

import (
	"encoding/json"
	"math/bits"
	"math/rand/v2"
	"slices"
)

// Count counts the values of a field.
type Count struct {
	Right  int `json:"right"`  // in labels and record
	Wrong  int `json:"wrong"`  // in the record alone
	Missed int `json:"missed"` // in the labels alone
}

// Precision is the share of the record's values that are right; 1 when there
// are none.
func (c Count) Precision() float64 { return share(c.Right, c.Right+c.Wrong) }

// Recall is the share of the labels' values that were found; 1 when there are
// none.
func (c Count) Recall() float64 { return share(c.Right, c.Right+c.Missed) }

// F1 is the harmonic mean of precision and recall.
func (c Count) F1() float64 {
	p, r := c.Precision(), c.Recall()
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

func (c *Count) add(d Count) {
	c.Right += d.Right
	c.Wrong += d.Wrong
	c.Missed += d.Missed
}

// counts are those of all fields.
type counts [numFields]Count

func (c *counts) add(d *counts) {
	for f := range c {
		c[f].add(d[f])
	}
}

// macro is the mean of the fields' F1.
func (c *counts) macro() float64 {
	sum := 0.0
	for f := range c {
		sum += c[f].F1()
	}
	return sum / float64(numFields)
}

// Tally adds up the results of articles. Its memory grows with their number,
// by 13 counts each, because the intervals need them one by one.
type Tally struct {
	articles []counts
	sum      counts
}

// Add counts the result of one more article.
func (t *Tally) Add(r Result) {
	c := counts(r.Counts)
	t.articles = append(t.articles, c)
	t.sum.add(&c)
}

// Report is the figures of a number of articles.
type Report struct {
	Articles int
	Fields   []Score // in the order of fields
	// MacroF1 is the mean of the fields' F1.
	MacroF1 float64
	Macro   Interval // of MacroF1
	Lowest  Score    // the field with the lowest F1, the first of several

	// What the caller adds for the JSON.
	Rules    string  // version of the rules
	Rejected int     // lines that are no labelled article
	Faults   []Fault // in the order of the articles
}

// Score is how well a field does.
type Score struct {
	Field Field
	Count
	Interval Interval // of F1
}

// Cases is how many values the labels have.
func (s Score) Cases() int { return s.Right + s.Missed }

// Interval holds a figure with 95 % confidence, as far as the articles are a
// fair sample of those it is asked about.
type Interval struct{ Low, High float64 }

// Report gives the figures of what was added so far. The same results in the
// same order give the same figures.
func (t *Tally) Report() *Report {
	r := &Report{Articles: len(t.articles), MacroF1: t.sum.macro()}
	fields, macro := t.bootstrap()
	r.Macro = macro
	for _, f := range Fields() {
		s := Score{f, t.sum[f], fields[f]}
		r.Fields = append(r.Fields, s)
		if f == 0 || s.F1() < r.Lowest.F1() {
			r.Lowest = s
		}
	}
	return r
}

const (
	// resamples is how often the articles are drawn again: enough for the
	// bounds to be steady to about half a point.
	resamples = 1000
	// seed fixes the draws, so that figures can be compared and repeated.
	seed = 23_2014
	// tail is the share of draws beyond each bound.
	tail = 0.025
)

// bootstrap finds the intervals by drawing as many articles as there are, with
// replacement, again and again. Articles are drawn, not values: values of one
// article go wrong together. Weak case: a field without a single fault in the
// sample has the interval [1, 1], however few its values.
func (t *Tally) bootstrap() (fields [numFields]Interval, macro Interval) {
	if len(t.articles) == 0 {
		return fields, macro
	}
	random := rand.NewPCG(seed, seed)
	var draws [numFields + 1][]float64
	for range resamples {
		var sum counts
		for range t.articles {
			i, _ := bits.Mul64(random.Uint64(), uint64(len(t.articles)))
			sum.add(&t.articles[i])
		}
		for f := range sum {
			draws[f] = append(draws[f], sum[f].F1())
		}
		draws[numFields] = append(draws[numFields], sum.macro())
	}
	for f := range fields {
		fields[f] = middle(draws[f])
	}
	return fields, middle(draws[numFields])
}

// middle is the interval that leaves the tails of the draws out. It sorts
// them.
func middle(draws []float64) Interval {
	slices.Sort(draws)
	cut := int(tail * float64(len(draws)))
	return Interval{draws[cut], draws[len(draws)-1-cut]}
}

// SchemaID is the "schema" of a report in JSON.
const SchemaID = "pakta.eval/1"

// MarshalJSON writes the figures by field name.
func (r *Report) MarshalJSON() ([]byte, error) {
	fields := make(map[Field]Score, len(r.Fields))
	for _, s := range r.Fields {
		fields[s.Field] = s
	}
	return json.Marshal(struct {
		Schema      string          `json:"schema"`
		Rules       string          `json:"rules"`
		Articles    int             `json:"articles"`
		Rejected    int             `json:"rejected"`
		Fields      map[Field]Score `json:"fields"`
		MacroF1     float64         `json:"macro_f1"`
		MacroLow    float64         `json:"macro_f1_low"`
		MacroHigh   float64         `json:"macro_f1_high"`
		LowestF1    float64         `json:"lowest_f1"`
		LowestField Field           `json:"lowest_field"`
		Faults      []Fault         `json:"faults"`
	}{
		SchemaID, r.Rules, r.Articles, r.Rejected, fields, r.MacroF1, r.Macro.Low, r.Macro.High,
		r.Lowest.F1(), r.Lowest.Field, append([]Fault{}, r.Faults...),
	})
}

// MarshalJSON writes the figures and what they are made of.
func (s Score) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		P    float64 `json:"p"`
		R    float64 `json:"r"`
		F1   float64 `json:"f1"`
		Low  float64 `json:"f1_low"`
		High float64 `json:"f1_high"`
		N    int     `json:"n"`
		Count
	}{s.Precision(), s.Recall(), s.F1(), s.Interval.Low, s.Interval.High, s.Cases(), s.Count})
}
