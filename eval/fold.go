package eval

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// fold is s as names are compared: lower-case letters a to z and digits, in
// words with one space between. Accents go, other letters part words.
func fold(s string) string {
	s = strings.ToLower(norm.NFKD.String(s))
	words := strings.FieldsFunc(s, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	return strings.Join(words, " ")
}

// titles are honorifics and parts of degrees, folded: they are no part of a
// name.
var titles = strings.Fields(`dr drs dra ir h hj prof kh tgh st mt sh mh se mm msi mpd spd si sos sip ap mkes skm sstp mpa map
	mba phd ak lc ma stp mp sp mh amd sked msc bsc llm cn um ph d s t m e p sn kom hum ag i k pd kes kn`)

// foldPerson is a name up to its first comma, behind which degrees stand,
// without titles.
func foldPerson(s string) string {
	s, _, _ = strings.Cut(s, ",")
	return strings.Join(slices.DeleteFunc(strings.Fields(fold(s)), func(w string) bool { return slices.Contains(titles, w) }), " ")
}

// shortPositions are abbreviations of offices and what they stand for.
var shortPositions = [][2]string{
	{"walikota", "wali kota"}, {"pjs", ""}, {"sekda", "sekretaris daerah"}, {"wabup", "wakil bupati"},
	{"kajari", "kepala kejaksaan negeri"}, {"kadis", "kepala dinas"}, {"wagub", "wakil gubernur"},
	{"kapolres", "kepala kepolisian resor"}, {"wawali", "wakil wali kota"}, {"kajati", "kepala kejaksaan tinggi"},
	{"kabag", "kepala bagian"}, {"kakan", "kepala kantor"},
}

var actingWords = regexp.MustCompile(`\b(penjabat|pj|plt|plh|pelaksana tugas|pelaksana harian)\b`)

// foldPosition is an office spelt out, without words for acting in it.
func foldPosition(s string) string {
	s = " " + fold(s) + " "
	for _, p := range shortPositions {
		s = strings.ReplaceAll(s, " "+p[0]+" ", " "+p[1]+" ")
	}
	return strings.Join(strings.Fields(actingWords.ReplaceAllString(s, " ")), " ")
}

var lawID = regexp.MustCompile(`^([a-z ]+?) (\d+[a-z]*) (\d{4})`)

// foldLaw is "uu 23/2014" for any spelling of type, number and year in this
// order.
func foldLaw(s string) string {
	s = fold(s)
	if m := lawID.FindStringSubmatch(s); m != nil {
		return m[1] + " " + m[2] + "/" + m[3]
	}
	return s
}
