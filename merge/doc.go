// Package merge joins what several articles say of one agreement.
//
// In go records that report an agreement, and the agreements of the last time;
// out come the agreements of today:
//
//	agreements := merge.Agreements(records, previous)
//
// It is a pure function, and the order of its input does not matter. The work
// goes in steps, a file each: blocking puts records that could be about the
// same agreement together (block.go), scoring decides which are (score.go),
// consensus makes one value of what they say (consensus.go), and identifiers
// stay the same while reports are added (identify.go).
//
// Two reports are of one agreement when they name the same regional parties,
// for a single one the same counterpart too, and their signing dates are at
// most [MaxDays] apart; a shared document number decides by itself.
package merge
