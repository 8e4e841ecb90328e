package pakta

// Region is a province, kabupaten or kota of Indonesia.
type Region struct {
	Code    string     // Kemendagri code: "15", "15.04"
	Name    string     // official name: "Kabupaten Batang Hari"
	Short   string     // without the kind: "Batang Hari"
	Kind    RegionKind // provinsi, kabupaten or kota
	Capital string     // seat of government
	Lat     float64    // centroid, degrees; may lie in the sea for islands
	Lon     float64
	Aliases []string // other spellings and abbreviations
}

// Province is the code of the province the region is or lies in.
func (r Region) Province() string {
	if len(r.Code) < 2 {
		return ""
	}
	return r.Code[:2]
}

// RegionKind is the level and type of a region.
type RegionKind string

// The kinds of region.
const (
	Provinsi  RegionKind = "provinsi"
	Kabupaten RegionKind = "kabupaten"
	Kota      RegionKind = "kota"
)

// Sector is one of the 32 urusan pemerintahan of UU 23/2014 Pasal 12.
type Sector struct {
	Code  string // "1.01" to "3.32", nomenclature of Permendagri 90/2019
	Name  string
	Group string // wajib_pelayanan_dasar, wajib_non_pelayanan_dasar or pilihan
	Law   string // where the law names it
}

// Law is a regulation that the table of laws knows.
type Law struct {
	Type   string // UU, PP, Perpres, Permendagri ...
	Number string
	Year   int
	Title  string // official title, without "tentang"
}
