package extract

import (
	"time"

	"pakta"
)

// findings are what annotators have read. Token ranges are half-open.
type findings struct {
	laws      []lawFinding
	numbers   []numberFinding
	money     []moneyFinding
	durations []durationFinding
	dates     []dateFinding
	bodies    []bodyFinding
	bodyEnds  []int // where the names of bodies end, sorted
	countries []span
	abroad    []span // places abroad that the table has
	regions   []regionFinding
	officials []officialFinding
	persons   []person
	mentions  []officialFinding // of persons by name alone

	// speakers are the tokens beside words of speech, which are names for the
	// most part: "kata Suharyadi". Found when first asked for.
	speakers []int32
	// searches counts what was looked for in the whole text.
	searches int

	// years are those that stand alone, nil until asked for; news is the day of
	// the news, known once it was asked for, and published that of publication,
	// as dates are written, empty until asked for.
	years     []int
	news      time.Time
	newsKnown bool
	published string

	unresolved []pakta.Unresolved
	warnings   []pakta.Warning
}

// empty drops the findings of an article, and keeps the room of its slices:
// they are the larger part of what reading an article would allocate.
func (f *findings) empty() {
	*f = findings{
		laws: f.laws[:0], numbers: f.numbers[:0], money: f.money[:0], durations: f.durations[:0], dates: f.dates[:0],
		bodies: f.bodies[:0], bodyEnds: f.bodyEnds[:0], countries: f.countries[:0], abroad: f.abroad[:0], regions: f.regions[:0], officials: f.officials[:0],
		persons: f.persons[:0], mentions: f.mentions[:0], unresolved: f.unresolved[:0], warnings: f.warnings[:0],
	}
}

// lawFinding is one citation of a law.
type lawFinding struct {
	from, to int
	ref      pakta.LegalRef // with its evidence
}

// numberFinding is the number of a document that is no law.
type numberFinding struct {
	from, to int
	value    string
	rule     string
}

// moneyFinding is a sum in rupiah.
type moneyFinding struct {
	from, to int
	rupiah   int64
	rule     string
}

// durationFinding is a span of time: "lima tahun".
type durationFinding struct {
	from, to int
	months   int
	rule     string
}

// dateFinding is one date in the text, resolved.
type dateFinding struct {
	from, to  int
	value     string    // YYYY-MM-DD or YYYY-MM
	day       time.Time // the same, in UTC; the first of a month
	precision pakta.Precision
	role      pakta.DateRole // set by cues near it; signing is settled by assembly
	weekday   *bool          // whether the weekday beside it agrees
	relative  bool           // "kemarin", "hari ini"
	ranged    bool           // the first or last day of a range
	rule      string
}

// bodyFinding is the name of a body that is no regional government: a
// company, university, ministry, vertical agency.
type bodyFinding struct {
	from, to int
	name     string
	head     string // id of the rule row of its first word
	typ      pakta.PartyType
	words    []string // folded, the first is "#" and head: what tells bodies apart
	alias    string   // what stands in brackets in the name, folded
	id       string   // the same for all mentions of one body
	bare     bool     // a head without a name: "Kejaksaan"
	full     span     // of a mention by a short form: the name that it stood behind in brackets
	weight   int      // how much the name says: its words, and whether an alias stands with it
	province string   // of regions that are named together: the code of where they lie
	office   bool     // named only through an office: "Rektor Universitas X"
	rule     string
}

// span is the tokens [from, to).
type span struct{ from, to int }

// regionFinding is one mention of a region, resolved to its code.
type regionFinding struct {
	from, to int   // the words that name it: "Pemkab Batang Hari", "Bupati Sarolangun"
	name     int   // first token of the region's own name within them
	nameTo   int   // and its end, open
	region   int32 // index in regionRules.regions
	code     string
	// office: the mention is through an office, agency or government
	// ("Bupati X", "Dinas Y Kabupaten X"); government: it is the government
	// itself ("Pemkab X", "Pemerintah Kabupaten X", "Bupati X").
	office, government bool
	// dateline: the mention only says where the report was written.
	dateline bool
	// legislature: through a DPRD, which is no party.
	legislature bool
	rule        string
}

// officialFinding is one mention of a person in office, or of an office
// without a name.
type officialFinding struct {
	from, to int
	// nameFrom and nameTo are the tokens of the person's name; equal when
	// the mention has none ("Bupati", "para camat").
	nameFrom, nameTo int
	titles           []string
	position         string // canonical, without region and acting word
	class            string // of the office: head, agency, company ...
	acting           pakta.Acting
	region           string
	roles            []pakta.OfficialRole
	collective       bool
	former           bool
	several          bool // of several holders: "para Bupati"
	// elsewhere: the place that the office is of has no code, for it is abroad,
	// or one of two regions of a name: "Sekda Semarang".
	elsewhere bool
	// person is the index of the person it was resolved to, -1 for none.
	person int
	rule   string
}

// person is one human being in an article, with all mentions.
type person struct {
	name      string // fullest, without titles
	other     string // another spelling of it
	spelt     int    // how often the name is written so
	others    int    // and how often the other one
	nick      string // what it stood before in brackets, folded: "Rudy Rekamas (Reharum)"
	titles    []string
	position  string
	class     string
	acting    pakta.Acting
	region    string
	elsewhere bool // see officialFinding
	roles     []pakta.OfficialRole
	evidence  []pakta.Evidence
	// folded are the words of name, for comparisons.
	folded []string
	// claims counts the offices that mentions give.
	claims []claimedOffice
}

// claimedOffice is an office that a person was named with, and how often.
type claimedOffice struct {
	position, class string
	count           int
	first           pakta.Evidence
}
