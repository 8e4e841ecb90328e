package extract

import "slices"

// cueClass is what a word of the table of cues tells of an agreement.
type cueClass uint8

const (
	cueNone       cueClass = iota // no cue
	cueUnknown                    // a class that no grammar asks for
	cueSign                       // menandatangani, meneken: the doer stands before it
	cueSigned                     // ditandatangani: the doer stands behind it
	cueSigning                    // penandatanganan
	cueAgree                      // sepakat
	cueWork                       // bekerja sama: may be no more than a common operation
	cueAgreed                     // disepakati
	cueStrengthen                 // memperkuat: of a cooperation, as an aim or a deed
	cueMake                       // menjalin, membuat
	cueMade                       // terjalin
	cuePartner                    // menggandeng: the other side stands behind it
	cuePartnered                  // digandeng: the doer stands behind it
	cueBound                      // terikat
	cuePlan                       // akan, segera
	cuePlanNoun                   // rencana, penjajakan
	cueDraft                      // draf, pembahasan
	cueWish                       // mendorong, berharap
	cueCancel                     // batal, ditunda
	cueRenew                      // diperpanjang
	cueRenewAct                   // memperpanjang: the doer stands before it
	cueContinue                   // dilanjutkan
	cueEvaluate                   // dievaluasi
	cueRun                        // berjalan, pelaksanaan: how an agreement fares that is in force
	cueFollow                     // tindak lanjut
	cuePast                       // sebelumnya
	cueLapsed                     // berakhir
	cueOther                      // serupa: another agreement
	cueAhead                      // lebih dulu: before an act, another agreement
	cueScope                      // ruang lingkup
	cueScopeNoun                  // bidang, sektor
	cueScopeVerb                  // meliputi, tentang
	cueScopeList                  // yakni, antara lain
	cueAim                        // untuk, guna
	cueBetween                    // antara
	cuePihak                      // kedua pihak
	cueAside                      // disaksikan: who stands by, named behind it
	cueStander                    // menyaksikan: who stands by, named before it
	cueSister                     // kota kembar
	cueBoundary                   // tapal batas
	cueNot                        // what looks like an agreement and is none
	cueTopic                      // what most news of is no agreement, but agreements may be about
	cueClasses                    // their number, 64 at most: see cueSet
)

// cueClassNames are the classes as the table has them.
var cueClassNames = [cueClasses]string{
	"none", "unknown", "sign", "signed", "signing", "agree", "work", "agreed", "strengthen", "make", "made", "partner", "partnered", "bound", "plan", "plan_noun", "draft",
	"wish", "cancel", "renew", "renew_act", "continue", "evaluate", "run", "follow", "past", "lapsed", "other", "ahead", "scope", "scope_noun", "scope_verb",
	"scope_list", "aim", "between", "pihak", "aside", "stander", "sister", "boundary", "not", "topic",
}

func (c cueClass) String() string { return cueClassNames[c] }

// parseCueClass is the class of a name, cueUnknown for others.
func parseCueClass(name string) cueClass {
	if c := slices.Index(cueClassNames[cueUnknown:], name); c >= 0 {
		return cueUnknown + cueClass(c)
	}
	return cueUnknown
}

// cueSet has the bit of each class in it.
type cueSet uint64

func (s cueSet) has(c cueClass) bool { return s>>c&1 != 0 }

// scopeCues open what an agreement covers.
const scopeCues cueSet = 1<<cueScope | 1<<cueScopeNoun | 1<<cueScopeVerb | 1<<cueScopeList

// cue is the class of the longest cue that opens at token i.
func (d *document) cue(i int) cueClass {
	if uint(i) < uint(len(d.cues)) {
		return d.cues[i]
	}
	return cueNone
}

// act is what is done with an agreement.
type act uint8

const (
	actNone      act = iota
	actSign          // menandatangani, meneken: the doer stands before it
	actSigned        // ditandatangani: the doer stands behind it
	actSigning       // penandatanganan
	actAgree         // sepakat
	actWork          // bekerja sama
	actAgreed        // disepakati
	actMake          // menjalin, membuat: counts with an instrument behind it
	actHandle        // mengevaluasi, memperpanjang, menyusun: what is done with a paper, with an instrument near
	actMade          // terjalin
	actPartner       // menggandeng: the other side stands behind it
	actPartnered     // digandeng: the doer stands behind it
	actBound         // terikat: the doer stands before it
)

// actOf are the acts that cues tell of.
var actOf = [cueClasses]act{
	cueSign: actSign, cueSigned: actSigned, cueSigning: actSigning, cueAgree: actAgree, cueWork: actWork, cueStrengthen: actWork, cueAgreed: actAgreed,
	cueMake: actMake, cueMade: actMade, cuePartner: actPartner, cuePartnered: actPartnered, cueBound: actBound,
	cueEvaluate: actHandle, cueRenewAct: actMake, cueRenew: actHandle, cueContinue: actHandle, cueDraft: actHandle, cuePlanNoun: actHandle,
}

// passive acts have their doer behind them.
func (a act) passive() bool {
	return a == actSigned || a == actAgreed || a == actMade || a == actPartnered
}

// signs reports the acts of putting a name to a paper.
func (a act) signs() bool { return a == actSign || a == actSigned || a == actSigning }
