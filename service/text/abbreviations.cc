#include "service/text/abbreviations.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

namespace tercet {
namespace {

// Words between single spaces, with one at each end.
bool Holds(std::string_view words, std::string_view word) {
  if (word.empty() || word.find(' ') != std::string_view::npos) return false;
  std::string needle(" ");
  needle.append(word).push_back(' ');
  return words.find(needle) != std::string_view::npos;
}

struct LanguageAbbreviations {
  std::string_view language;
  std::string_view never_ends;
  std::string_view before_number;
  std::string_view before_label;
  std::string_view before_zone;
  std::string_view before_name;
  std::string_view may_end;
  std::string_view starters;
};

constexpr std::array kAbbreviations = {
    LanguageAbbreviations{
        .language = "en",
        .never_ends =
            " Mr Mrs Ms Dr Prof Gen Sen Rep Gov Lt Col Capt Cpt Cmdr "
            "Adm Sgt Maj Brig Rev Hon Pres Amb Supt Messrs Mmes Fr "
            "vs v viz cf e.g i.e eg ie approx Approx ca Mt Ft Gens Sens Reps "
            "Drs Profs Lt.Col ",
        .before_number = " No Nos no nos Art art Sec sec Ch ch fig "
                         "Vol vol vols p pp eq Par par para tel Tel ext Rev ",
        .before_label = " Fig Figs figs Eq Eqs ",
        .before_zone = "",
        .before_name = " Inc Corp Ltd Co Cos Bros Jr Sr St Ave Blvd Rd Dept "
                       "Univ Assn Ph.D M.D B.A M.A a.m p.m A.M P.M est Est "
                       "Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Mon "
                       "Tue Tues Wed Thu Thur Thurs Fri Sat Sun min max avg "
                       "ed eds al Calif Mass Fla Pa Tex Va Wash Ill Conn Md "
                       "Ariz Colo Ala Ga Ky Tenn Minn Mich Wis Okla Nev Ltda "
                       "LLC Pty Plc ",
        .may_end = " etc ",
        .starters =
            " The A An It He She They We I You In On At But And This That "
            "These Those However According For As After Before When While With "
            "If There Its His Her Their Our My By To Since During Despite "
            "Although Though Meanwhile Moreover Earlier Later Last Next Some "
            "Many Most All Each Both No Not What Why How Who Where Once "
            "Because Under Over From Now Then So Also Yet Still Only Among "
            "About Between Until Such Other Another One Two Three "},
    LanguageAbbreviations{
        .language = "es",
        .never_ends =
            " Sr Sra Srta Sres Sras Srtas Dr Dra Dres Dras D Dª Dña Da Lic "
            "Lcdo "
            "Lcda Ing Arq Mons Fr Sor Sto Sta Gral Cnel Cap Tte Cdte Almte "
            "Prof Profa Excmo Excma Ilmo Ilma Rvdo Pdte Pdta Abg Mtro Mtra "
            "Hno Hna vs cf p.ej ej Av Avda Pza Pzo Ud.es ",
        .before_number =
            " núm Núm núms n nº n.º Nº N.º no No art Art arts Arts pág Pág "
            "págs "
            "p pp vol Vol cap Cap cap.º sec s ss apdo aptdo inc tel Tel tlf "
            "Tlf "
            "ext párr aprox Aprox máx Máx mín Mín ed c/ km ",
        .before_label = " fig Fig figs Figs ",
        .before_zone = " m a.m p.m ",
        .before_name =
            " Ud Uds Vd Vds Cía Cia Inc Corp Ltda Ltd Co S.A S.L "
            "S.A.U EE.UU EEUU FF.AA JJ.OO a.C d.C ene feb "
            "mar abr may jun jul ago sep sept oct nov dic lun mié "
            "jue vie sáb dom admón dpto prov gob min Min Dpto Depto Col "
            "izq dcha trad coord dir comp ",
        .may_end = " etc ",
        .starters =
            " El La Los Las Lo Un Una Unos Unas En Por Para Pero Y O Según "
            "Este "
            "Esta Estos Estas Esto Ese Esa Eso Esos Esas Él Ella Ellos Ellas "
            "Su "
            "Sus No Se Al Con Sin Desde Hasta Tras Cuando Como También Además "
            "Aunque Si Sí Mientras Entre Sobre Ante Durante Después Antes Hoy "
            "Ayer Así Ahora Ya Más Muchos Todos Todas Cada Otro Otra Nuestro "
            "Mi Tu Qué Quién Cómo Dónde Cuándo Del De A Es Son Fue Hay Dos "
            "Tres "}};

constexpr std::string_view kSpeechVerbs =
    " said says asked asks shouted cried replied added told answered "
    "exclaimed dijo preguntó respondió exclamó gritó añadió agregó contestó "
    "señaló afirmó ";

// The lists that count for a language.
std::span<const LanguageAbbreviations> ListsOf(std::string_view language) {
  const std::span<const LanguageAbbreviations> all(kAbbreviations);
  for (size_t i = 0; i < all.size(); ++i) {
    if (all[i].language == language) return all.subspan(i, 1);
  }
  return all;
}

bool AnyHolds(std::string_view language, std::string_view word,
              std::string_view LanguageAbbreviations::*list) {
  return std::ranges::any_of(ListsOf(language),
                             [&](const LanguageAbbreviations& abbreviations) {
                               return Holds(abbreviations.*list, word);
                             });
}

}  // namespace

Abbreviation FindAbbreviation(std::string_view word,
                              std::string_view language) {
  using Lists = LanguageAbbreviations;
  if (AnyHolds(language, word, &Lists::never_ends)) {
    return Abbreviation::kNeverEnds;
  }
  if (AnyHolds(language, word, &Lists::before_number)) {
    return Abbreviation::kBeforeNumber;
  }
  if (AnyHolds(language, word, &Lists::before_label)) {
    return Abbreviation::kBeforeLabel;
  }
  if (AnyHolds(language, word, &Lists::before_name)) {
    return Abbreviation::kBeforeName;
  }
  if (AnyHolds(language, word, &Lists::before_zone)) {
    return Abbreviation::kBeforeZone;
  }
  if (AnyHolds(language, word, &Lists::may_end)) return Abbreviation::kMayEnd;
  return Abbreviation::kNone;
}

bool IsSentenceStarter(std::string_view word, std::string_view language) {
  return AnyHolds(language, word, &LanguageAbbreviations::starters);
}

bool IsSpeechVerb(std::string_view word) { return Holds(kSpeechVerbs, word); }

}  // namespace tercet
