package eval

import (
	"fmt"
	"slices"
)

// Field is something about an article that is compared by itself.
type Field int

// The fields. Those from Instruments on count only for articles whose label
// says that they report an agreement.
const (
	Relevance         Field = iota // whether an agreement is reported
	Dates                          // by value
	Regions                        // by code
	LegalRefs                      // by type, number and year
	OfficialNames                  // by name without titles and degrees
	OfficialPositions              // by name and position
	Instruments                    // by type; lainnya counts only where nothing else is named
	Kind                           // by code
	Status                         // by code
	SignedOn                       // by value
	Venue                          // one name within the other
	Parties                        // by region, else one name within the other
	Sectors                        // by code
)

// fieldNames are the names of the fields in their order.
var fieldNames = [...]string{
	"relevance", "dates", "regions", "legal_refs", "officials.name", "officials.name+position", "instruments", "kind",
	"status", "signed_on", "venue", "parties", "sectors",
}

const numFields = len(fieldNames)

// Fields lists all fields in their order.
func Fields() []Field {
	all := make([]Field, numFields)
	for i := range all {
		all[i] = Field(i)
	}
	return all
}

// String is the field's name: "officials.name+position".
func (f Field) String() string { return fieldNames[f] }

// MarshalText writes the name.
func (f Field) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// ParseField finds a field by its name; the error lists them.
func ParseField(name string) (Field, error) {
	i := slices.Index(fieldNames[:], name)
	if i < 0 {
		return 0, fmt.Errorf("field %.40q: want one of %v", name, fieldNames)
	}
	return Field(i), nil
}
