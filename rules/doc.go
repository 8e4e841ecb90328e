// Package rules is what the extractors know: regions, sectors, laws, offices,
// honorifics, instruments and the cue words of cooperation, as data files that
// a researcher can read, test, and extend without Go.
//
// In go CSV files, one table each: those under data/, which are part of the
// program, and overlays, which add, replace or remove rows. Out comes a [Set],
// immutable and safe for concurrent use, whose version and hash stand in every
// record:
//
//	set, err := rules.Load(os.DirFS("/etc/pakta/rules"))
//	set.Version() // "1+0a1b2c3d"
//
// A table's first column is the id of the row; ids are unique within a table.
// The column "forms" holds what the text may say, separated by semicolons, in
// any case. Lines that start with # are comments: source, date, licence.
//
// An overlay is a folder with files of the same names. A row with a new id is
// added, one with a known id replaces it, one whose id starts with "-" removes
// it. Mistakes are reported all at once, each as file:line ([Complaints]). [Check]
// also tells what loads but cannot be meant: forms that no text can hold, forms
// of two rows, files that do not say where they come from.
//
// The package does not read articles; that is package extract.
package rules
