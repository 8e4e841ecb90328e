package pakta

// RecordSchemaID is the "schema" of every record.
const RecordSchemaID = "pakta.record/1"

// Record is what the rules read in one article: a pure function of article
// and rules. Lists are never nil when the record comes from extract, so that
// they are written as [].
type Record struct {
	Schema  string     `json:"schema"`
	Article ArticleRef `json:"article"`
	// Rules is version and hash of the rule data: "1+0a1b2c3d".
	Rules string `json:"rules"`

	// Agreement says whether the article reports a cooperation agreement of
	// at least one Indonesian regional government; Score, from 0 to 1, how
	// sure that is; Reasons which rules decided it.
	Agreement bool     `json:"agreement"`
	Score     float64  `json:"score"`
	Reasons   []string `json:"reasons"`

	Status         Status          `json:"status"`
	Kind           Kind            `json:"kind"`
	Instruments    []Instrument    `json:"instruments"`
	SignedOn       *SignedOn       `json:"signed_on"`
	Dates          []Date          `json:"dates"`
	Venue          *Venue          `json:"venue"`
	Parties        []Party         `json:"parties"`
	Regions        []RegionMention `json:"regions"`
	Officials      []Official      `json:"officials"`
	LegalRefs      []LegalRef      `json:"legal_refs"`
	Sectors        []SectorMention `json:"sectors"`
	SectorsOther   []OtherSector   `json:"sectors_other"`
	Numbers        []Number        `json:"numbers"`
	Forums         []Forum         `json:"forums"`
	DurationMonths *int            `json:"duration_months"`
	ValueIDR       *int64          `json:"value_idr"`
	// Evidence is where the scalar fields were read, which have no room for
	// it themselves.
	Evidence   ScalarEvidence `json:"evidence"`
	Unresolved []Unresolved   `json:"unresolved"`
	Warnings   []Warning      `json:"warnings"`
}

// NewRecord is a record of an article with nothing read in it: every list
// empty, none nil.
func NewRecord(ref ArticleRef, rules string) *Record {
	return &Record{
		Schema: RecordSchemaID, Article: ref, Rules: rules, Reasons: []string{},
		Instruments: []Instrument{}, Dates: []Date{}, Parties: []Party{}, Regions: []RegionMention{},
		Officials: []Official{}, LegalRefs: []LegalRef{}, Sectors: []SectorMention{}, SectorsOther: []OtherSector{},
		Numbers: []Number{}, Forums: []Forum{},
		Evidence: ScalarEvidence{
			Status: []Evidence{}, Kind: []Evidence{}, DurationMonths: []Evidence{}, ValueIDR: []Evidence{},
		},
		Unresolved: []Unresolved{}, Warnings: []Warning{},
	}
}

// ArticleRef names the article of a record or the report of an agreement.
type ArticleRef struct {
	ID        string `json:"id"`
	URL       Maybe  `json:"url"`
	Site      Maybe  `json:"site"`
	Title     string `json:"title"`
	Published Time   `json:"published"`
	Fetched   Time   `json:"fetched"`
}

// Evidence is the words a value was read from: the half-open range of bytes
// [Start, End) of the article's canonical text, whose text is Text. Rule is
// the id of the rule that read them. Report is the article's id in
// agreements, empty in records.
type Evidence struct {
	Text   string `json:"text"`
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Rule   string `json:"rule"`
	Report string `json:"report,omitempty"`
}

// The value types below are shared by records and agreements. Support, in
// agreements, is the number of independent reports that give the value; it is
// 0 and left out in records.

// Instrument is a form of agreement that the text names.
type Instrument struct {
	Type     InstrumentType `json:"type"`
	Evidence []Evidence     `json:"evidence"`
	Support  int            `json:"support,omitempty"`
}

// SignedOn is when the agreement was signed.
type SignedOn struct {
	Value     string     `json:"value"` // YYYY, YYYY-MM or YYYY-MM-DD
	Precision Precision  `json:"precision"`
	Evidence  []Evidence `json:"evidence"`
	Support   int        `json:"support,omitempty"`
}

// Date is a date the text states, and what it is the date of.
type Date struct {
	Value     string    `json:"value"` // YYYY, YYYY-MM or YYYY-MM-DD
	Precision Precision `json:"precision"`
	Role      DateRole  `json:"role"`
	// WeekdayAgrees is nil when the text gives no weekday.
	WeekdayAgrees *bool      `json:"weekday_agrees"`
	Evidence      []Evidence `json:"evidence"`
}

// Venue is where the signing, or the meeting reported, took place.
type Venue struct {
	Name     string     `json:"name"`
	Region   Maybe      `json:"region"` // code, when the text lets one know
	Evidence []Evidence `json:"evidence"`
	Support  int        `json:"support,omitempty"`
}

// Party is a body that enters the agreement.
type Party struct {
	Name     string     `json:"name"`
	Type     PartyType  `json:"type"`
	Region   Maybe      `json:"region"` // code, for regional governments
	Evidence []Evidence `json:"evidence"`
	Support  int        `json:"support,omitempty"`
}

// RegionMention is a region that the text refers to as an area or government.
type RegionMention struct {
	Code     string       `json:"code"`
	Name     string       `json:"name"`
	Province string       `json:"province"`
	Roles    []RegionRole `json:"roles"`
	Evidence []Evidence   `json:"evidence"`
	Support  int          `json:"support,omitempty"`
}

// Official is a person in office whom the text names, or an office or group
// of offices that it mentions without a name.
type Official struct {
	Name       Maybe          `json:"name"`
	Titles     []string       `json:"titles"` // honorifics and degrees, as written
	Position   Maybe          `json:"position"`
	Acting     Acting         `json:"acting"`
	Region     Maybe          `json:"region"`
	Roles      []OfficialRole `json:"roles"`
	Collective bool           `json:"collective"`
	Evidence   []Evidence     `json:"evidence"`
	Support    int            `json:"support,omitempty"`
}

// LegalRef is a citation of a law.
type LegalRef struct {
	ID       string `json:"id"` // "UU 23/2014"
	Type     string `json:"type"`
	Number   string `json:"number"`
	Year     int    `json:"year"`
	Pinpoint Maybe  `json:"pinpoint"` // "Pasal 12 ayat (1) huruf b"
	// Title is the official one where Known, else what the text calls it.
	Title    Maybe      `json:"title"`
	Known    bool       `json:"known"`
	Evidence []Evidence `json:"evidence"`
	Support  int        `json:"support,omitempty"`
}

// SectorMention is an urusan that the agreement covers.
type SectorMention struct {
	Code     string     `json:"code"`
	Name     string     `json:"name"`
	Group    string     `json:"group"`
	Evidence []Evidence `json:"evidence"`
	Support  int        `json:"support,omitempty"`
}

// OtherSector is named scope that no urusan fits, verbatim.
type OtherSector struct {
	Text     string     `json:"text"`
	Evidence []Evidence `json:"evidence"`
	Support  int        `json:"support,omitempty"`
}

// Number is a number of the agreement's own document.
type Number struct {
	Value    string     `json:"value"`
	Evidence []Evidence `json:"evidence"`
	Support  int        `json:"support,omitempty"`
}

// Forum is a standing body of cooperation between regions.
type Forum struct {
	Name     string     `json:"name"`
	Evidence []Evidence `json:"evidence"`
	Support  int        `json:"support,omitempty"`
}

// ScalarEvidence is the evidence of fields that are bare values.
type ScalarEvidence struct {
	Status         []Evidence `json:"status"`
	Kind           []Evidence `json:"kind"`
	DurationMonths []Evidence `json:"duration_months"`
	ValueIDR       []Evidence `json:"value_idr"`
}

// Unresolved is something the text says that the rules refuse to settle.
type Unresolved struct {
	Field    string           `json:"field"`
	Reason   UnresolvedReason `json:"reason"`
	Message  string           `json:"message"`
	Evidence []Evidence       `json:"evidence"`
}

// Warning is a doubt about a value that stands.
type Warning struct {
	Code     string     `json:"code"`
	Message  string     `json:"message"`
	Evidence []Evidence `json:"evidence"`
}

// EachEvidence calls fn for every piece of evidence in the record, in the
// order of the JSON.
func (r *Record) EachEvidence(fn func(Evidence)) {
	r.EachEvidenceList(func(es *[]Evidence) {
		for _, e := range *es {
			fn(e)
		}
	})
}

// EachEvidenceList calls each for every list of evidence in the record, in the
// order of the JSON. The lists are the record's own; each may change them.
func (r *Record) EachEvidenceList(each func(*[]Evidence)) {
	for i := range r.Instruments {
		each(&r.Instruments[i].Evidence)
	}
	if r.SignedOn != nil {
		each(&r.SignedOn.Evidence)
	}
	for i := range r.Dates {
		each(&r.Dates[i].Evidence)
	}
	if r.Venue != nil {
		each(&r.Venue.Evidence)
	}
	for i := range r.Parties {
		each(&r.Parties[i].Evidence)
	}
	for i := range r.Regions {
		each(&r.Regions[i].Evidence)
	}
	for i := range r.Officials {
		each(&r.Officials[i].Evidence)
	}
	for i := range r.LegalRefs {
		each(&r.LegalRefs[i].Evidence)
	}
	for i := range r.Sectors {
		each(&r.Sectors[i].Evidence)
	}
	for i := range r.SectorsOther {
		each(&r.SectorsOther[i].Evidence)
	}
	for i := range r.Numbers {
		each(&r.Numbers[i].Evidence)
	}
	for i := range r.Forums {
		each(&r.Forums[i].Evidence)
	}
	each(&r.Evidence.Status)
	each(&r.Evidence.Kind)
	each(&r.Evidence.DurationMonths)
	each(&r.Evidence.ValueIDR)
	for i := range r.Unresolved {
		each(&r.Unresolved[i].Evidence)
	}
	for i := range r.Warnings {
		each(&r.Warnings[i].Evidence)
	}
}
