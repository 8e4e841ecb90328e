package pakta

// AgreementSchemaID is the "schema" of every agreement.
const AgreementSchemaID = "pakta.agreement/1"

// Agreement is what one or more records say about one agreement in the world.
// Value types are those of [Record]; their evidence carries the report's id
// and each has its support.
type Agreement struct {
	Schema string `json:"schema"`
	// ID is made of the regional parties, the instrument, the year and a
	// count: "15.03-15.04_KB_2025_1". It stays the same as reports are added.
	ID string `json:"id"`
	// Version starts at 1 and counts changes of the content.
	Version int `json:"version"`
	// Reports are the articles, oldest publication first.
	Reports []ArticleRef `json:"reports"`
	// IndependentReports counts reports that are not copies of one another.
	IndependentReports int `json:"independent_reports"`

	Status         Status          `json:"status"`
	Kind           Kind            `json:"kind"`
	SignedOn       *SignedOn       `json:"signed_on"`
	Instruments    []Instrument    `json:"instruments"`
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
	Evidence       ScalarEvidence  `json:"evidence"`

	Conflicts []FieldConflict `json:"conflicts"`
	Links     []Link          `json:"links"`
}

// FieldConflict is a field about which the reports disagree.
type FieldConflict struct {
	Field  string          `json:"field"`
	Values []ConflictValue `json:"values"`
}

// ConflictValue is one of the disagreeing values and the ids of its reports.
type ConflictValue struct {
	Value   string   `json:"value"`
	Reports []string `json:"reports"`
}

// Link relates an agreement to another.
type Link struct {
	Type string `json:"type"` // "implements", "renews"
	ID   string `json:"id"`
}

// Change is one step of the archive's history of agreements, which an index
// follows.
type Change struct {
	// Seq orders all changes of an archive; it only grows.
	Seq int64
	// ID is the agreement's.
	ID string
	// Agreement is the new content; nil when the agreement is no more, because
	// its reports were joined with another's.
	Agreement *Agreement
}
