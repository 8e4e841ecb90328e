package pakta

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Status is how far an agreement has come.
type Status string

// The statuses. The zero value, JSON null, means not stated.
const (
	Planned   Status = "planned"   // berencana, akan, draf: not yet signed
	Signed    Status = "signed"    // ditandatangani, diteken
	Renewed   Status = "renewed"   // diperpanjang, adendum
	Evaluated Status = "evaluated" // monitoring and evaluation of a standing one
)

// Statuses lists all statuses in the order of an agreement's life.
func Statuses() []Status { return []Status{Planned, Signed, Renewed, Evaluated} }

// Kind is the kind of cooperation by counterpart, after PP 28/2018.
type Kind string

// The kinds. The zero value, JSON null, means not known.
const (
	KSDD    Kind = "KSDD"    // with another region
	KSDPK   Kind = "KSDPK"   // with a third party: company, university, NGO
	KSDPL   Kind = "KSDPL"   // with a regional government abroad
	KSDLL   Kind = "KSDLL"   // with a foreign or international institution
	SINERGI Kind = "SINERGI" // with a body of the central government
)

// Kinds lists all kinds in the order of PP 28/2018.
func Kinds() []Kind { return []Kind{KSDD, KSDPK, KSDPL, KSDLL, SINERGI} }

// InstrumentType is a form that an agreement takes.
type InstrumentType string

// The instruments.
const (
	KesepakatanBersama  InstrumentType = "kesepakatan_bersama"
	PerjanjianKerjaSama InstrumentType = "perjanjian_kerja_sama"
	NotaKesepakatan     InstrumentType = "nota_kesepakatan"
	NotaKesepahaman     InstrumentType = "nota_kesepahaman" // MoU
	RencanaKerja        InstrumentType = "rencana_kerja"
	Lainnya             InstrumentType = "lainnya" // letter of intent, addendum, komitmen bersama
)

// InstrumentTypes lists all instruments.
func InstrumentTypes() []InstrumentType {
	return []InstrumentType{KesepakatanBersama, PerjanjianKerjaSama, NotaKesepakatan, NotaKesepahaman, RencanaKerja, Lainnya}
}

// Precision is how exactly a date is known.
type Precision string

// The precisions.
const (
	Day   Precision = "day"
	Month Precision = "month"
	Year  Precision = "year"
)

// Precisions lists all precisions, finest first.
func Precisions() []Precision { return []Precision{Day, Month, Year} }

// DateRole is what a date is the date of.
type DateRole string

// The roles of dates.
const (
	DateSigned    DateRole = "signed"
	DateEffective DateRole = "effective"
	DateExpires   DateRole = "expires"
	DatePlanned   DateRole = "planned"
	DatePublished DateRole = "published" // datelines and page stamps
	DateMentioned DateRole = "mentioned"
)

// DateRoles lists all roles of dates.
func DateRoles() []DateRole {
	return []DateRole{DateSigned, DateEffective, DateExpires, DatePlanned, DatePublished, DateMentioned}
}

// PartyType is what sort of body a party is.
type PartyType string

// The types of party.
const (
	RegionalGovernment PartyType = "regional_government"
	CentralGovernment  PartyType = "central_government" // ministries and vertical bodies: BPN, BPJS, Kejaksaan, Polri, TNI
	Company            PartyType = "company"            // state, regional and private, banks included
	University         PartyType = "university"         // and other schools
	Organization       PartyType = "organization"       // NGOs, associations, forums
	ForeignGovernment  PartyType = "foreign_government"
	International      PartyType = "international" // institutions abroad and international bodies
	OtherParty         PartyType = "other"
)

// PartyTypes lists all types of party.
func PartyTypes() []PartyType {
	return []PartyType{RegionalGovernment, CentralGovernment, Company, University, Organization, ForeignGovernment, International, OtherParty}
}

// RegionRole is what a region does in an article.
type RegionRole string

// The roles of regions.
const (
	RegionParty     RegionRole = "party"
	RegionOffice    RegionRole = "office" // named through an office or agency of its government
	RegionVenue     RegionRole = "venue"
	RegionMentioned RegionRole = "mentioned"
)

// RegionRoles lists all roles of regions.
func RegionRoles() []RegionRole {
	return []RegionRole{RegionParty, RegionOffice, RegionVenue, RegionMentioned}
}

// OfficialRole is what an official does in an article.
type OfficialRole string

// The roles of officials.
const (
	Signatory OfficialRole = "signatory" // menandatangani, meneken, mewakili
	Witness   OfficialRole = "witness"   // disaksikan
	Attendee  OfficialRole = "attendee"  // didampingi, turut hadir
	Speaker   OfficialRole = "speaker"   // ujar, menegaskan
	Mentioned OfficialRole = "mentioned"
)

// OfficialRoles lists all roles of officials, weightiest first.
func OfficialRoles() []OfficialRole {
	return []OfficialRole{Signatory, Witness, Attendee, Speaker, Mentioned}
}

// Acting is the way an office is held by someone not (yet) appointed to it.
type Acting string

// The ways of acting. The zero value, JSON null, means appointed, or not said.
const (
	Pj  Acting = "Pj"  // Penjabat
	Plt Acting = "Plt" // Pelaksana Tugas
	Plh Acting = "Plh" // Pelaksana Harian
	Pjs Acting = "Pjs" // Penjabat Sementara
)

// Actings lists all ways of acting.
func Actings() []Acting { return []Acting{Pj, Plt, Plh, Pjs} }

// UnresolvedReason is why something was not settled.
type UnresolvedReason string

// The reasons.
const (
	Ambiguous UnresolvedReason = "ambiguous" // several readings remain
	Conflict  UnresolvedReason = "conflict"  // the text contradicts itself
)

// UnresolvedReasons lists all reasons.
func UnresolvedReasons() []UnresolvedReason { return []UnresolvedReason{Ambiguous, Conflict} }

// ParseStatus reads a status, whatever its case.
func ParseStatus(s string) (Status, error) { return parseEnum("status", s, Statuses()) }

// ParseKind reads a kind, whatever its case.
func ParseKind(s string) (Kind, error) { return parseEnum("kind", s, Kinds()) }

// ParseInstrumentType reads an instrument, whatever its case, with spaces,
// hyphens or underscores.
func ParseInstrumentType(s string) (InstrumentType, error) {
	return parseEnum("instrument", s, InstrumentTypes())
}

// parseEnum finds s among the values of an enumeration; the error lists them.
func parseEnum[T ~string](what, s string, all []T) (T, error) {
	fold := strings.NewReplacer(" ", "_", "-", "_").Replace(strings.TrimSpace(s))
	i := slices.IndexFunc(all, func(v T) bool { return strings.EqualFold(string(v), fold) })
	if i < 0 {
		return "", fmt.Errorf("%s %.40q: want one of %v", what, s, all)
	}
	return all[i], nil
}

// MarshalJSON writes null for the zero status.
func (s Status) MarshalJSON() ([]byte, error) { return Maybe(s).MarshalJSON() }

// UnmarshalJSON reads a status or null; another value is an error.
func (s *Status) UnmarshalJSON(b []byte) error { return unmarshalEnum(b, s, ParseStatus) }

// MarshalJSON writes null for the zero kind.
func (k Kind) MarshalJSON() ([]byte, error) { return Maybe(k).MarshalJSON() }

// UnmarshalJSON reads a kind or null; another value is an error.
func (k *Kind) UnmarshalJSON(b []byte) error { return unmarshalEnum(b, k, ParseKind) }

// MarshalJSON writes null for the zero value.
func (a Acting) MarshalJSON() ([]byte, error) { return Maybe(a).MarshalJSON() }

// UnmarshalJSON reads a way of acting or null; another value is an error.
func (a *Acting) UnmarshalJSON(b []byte) error {
	return unmarshalEnum(b, a, func(s string) (Acting, error) { return parseEnum("acting", s, Actings()) })
}

func unmarshalEnum[T ~string](b []byte, to *T, parse func(string) (T, error)) error {
	if bytes.Equal(b, []byte("null")) {
		*to = ""
		return nil
	}
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	v, err := parse(s)
	if err != nil {
		return err
	}
	*to = v
	return nil
}
