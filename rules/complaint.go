package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Complaint is one mistake in a rule file.
type Complaint struct {
	File string
	Line int // from 1
	Msg  string
}

// String gives the complaint as "file:line: what is wrong".
func (c Complaint) String() string { return fmt.Sprintf("%s:%d: %s", c.File, c.Line, c.Msg) }

// Complaints are all mistakes found in one load, by file and line. As an error
// it lists them, one a line.
type Complaints []Complaint

// Error lists the complaints, one a line.
func (cs Complaints) Error() string {
	lines := make([]string, len(cs))
	for i, c := range cs {
		lines[i] = c.String()
	}
	return strings.Join(lines, "\n")
}

func (cs *Complaints) add(file string, line int, format string, args ...any) {
	*cs = append(*cs, Complaint{file, line, fmt.Sprintf(format, args...)})
}

// sort orders the complaints by file and line.
func (cs Complaints) sort() {
	slices.SortStableFunc(cs, func(a, b Complaint) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
}
