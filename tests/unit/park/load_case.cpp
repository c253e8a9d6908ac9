#include <string>

#include "tests/unit/park/park_samples.hpp"

namespace millrace {
namespace {

std::string text_of(const char* name) { return std::string(*case_text(park_cases(), name)); }

/// The built-in case with its first `from` replaced.
std::string changed(const char* name, const std::string& from, const std::string& to) {
  std::string text = text_of(name);
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

std::string error_of(const std::string& text) {
  try {
    parse_park_case(text, "mine.json");
  } catch (const CaseError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("every built-in case loads") {
  CHECK(park_cases().size() == 11);
  for (const auto name : case_names(park_cases())) {
    INFO(name);
    const ParkCase park = load_park_case(std::string(name));
    CHECK(park.name == name);
    CHECK_NOTHROW(ParkProblem(park, {}));
  }
  const ParkCase steel = load_park_case("park_steel");
  CHECK(steel.synthetic);
  CHECK(steel.arcs.size() == 103);
  CHECK(steel.fresh_arcs.size() == 19);
  CHECK(steel.ports.size() == 18);
  CHECK(steel.treatments[3].kept[0] == Approx(0.03 * 0.72));
  CHECK(steel.treatments[3].model == UnitModelKind::reverse_osmosis);
}

TEST_CASE("a full graph is made where the case names no arcs") {
  const ParkCase without = load_park_case("kg06_ex1");
  const ParkCase with = load_park_case("waterund01");
  for (const ParkArc& arc : without.arcs) CHECK(without.ports[arc.port].id != without.nodes[arc.node].id);
  std::size_t own = 0;
  for (const ParkArc& arc : with.arcs) own += with.ports[arc.port].id == with.nodes[arc.node].id;
  CHECK(own == 3);
  // Water that a unit takes none of has no way there.
  const ParkNetwork network(without);
  for (const ParkArc& arc : network.arcs) CHECK(without.nodes[arc.node].id != "P1");
}

TEST_CASE("each defect is one sentence with file, line and key") {
  struct Defect {
    const char* name;
    const char* from;
    const char* to;
    const char* sentence;
  };
  const Defect defects[] = {
      {"park_steel", "\"T1\"\n", "\"T9\"\n", "mine.json:"},
      {"park_steel", "\"id\": \"P2\"", "\"id\": \"P1\"", "processes[1].id: 'P1' names two things"},
      {"park_steel", "\"kind\": \"tower\"", "\"kind\": \"pond\"",
       "processes[0].kind: is 'pond'; write free, fixed or tower"},
      {"park_steel", "\"loss\": 180,\n   \"load\"", "\"loss\": 300,\n   \"load\"",
       "processes[5].loss: a loss of 300 leaves nothing"},
      {"park_steel", "\"recovery\": 0.72", "\"recovery\": 1.72", "treatments[3].recovery: is 1.72; write a share"},
      {"park_steel", "\"flow_max\": 200", "\"flow_maxx\": 200", "did you mean 'flow_max'?"},
      {"park_steel", "\"model\": \"ro\"", "\"model\": \"tower\"",
       "treatments[3].model: 'tower' is no model of such a unit"},
      {"park_steel", "\"share\": 0.5", "\"share\": 0.6", "seasons: have shares that add up to 1.1"},
      {"kg06_ex1", "\"removal\"", "\"removals\"", "did you mean 'removal'?"},
      {"kg06_ex1", "\"type\": \"freshwater+treated\"", "\"type\": \"beauty\"",
       "objective.type: 'beauty' is no objective"},
      {"kg06_ex1", "\"discharge\"", "\"outfalls\"", "discharge: is missing"},
      {"kg06_ex5", "\"hours\": 8000,", "", "objective.hours: is missing"},
      {"wastewater02m1", "\"flow\": 60.0", "\"flow\": -60.0", "sources[0].flow: is -60; write a number of at least 0"},
      {"wastewater02m1", "\"flow\": 60.0", "\"flow\": \"much\"", "sources[0].flow: is not a number"},
      {"wastewater02m1", "0.99", "1.99", "treatments[0].removal[0]: leaves -0.99 times the load"},
      {"wastewater02m1", "\"A\"", "\"A\", \"B\"", "sources[0].conc: needs 2 numbers in [ ]"},
      {"ws94_4p", "\"id\": \"P1\",", "\"id\": \"P1\", \"loss\": 1e9,",
       "processes[0].loss: loss and bmin together are 1000000000, more than the 200 that may flow in"},
      {"ws94_4p", "2000.0", "2000.0, 1.0",
       "processes[0].load: needs 1 number in [ ], one for each contaminant, and has 2"},
      {"ws94_4p", "\"W1->P1\"", "\"W7->P1\"", "reference_solution.arcs.W7->P1: is no arc"},
  };
  for (const Defect& defect : defects) {
    const std::string error = error_of(changed(defect.name, defect.from, defect.to));
    INFO(defect.name << " " << defect.from << " -> " << error);
    CHECK(error.find(defect.sentence) != std::string::npos);
    CHECK(error.starts_with("mine.json:"));
    CHECK(error.find('\n') == std::string::npos);
  }
}

TEST_CASE("the line of a defect is that of its value") {
  const std::string text =
      "{\n \"name\": \"x\",\n \"contaminants\": [\"A\"],\n \"sources\": [\n  {\"id\": \"S1\",\n"
      "   \"flow\": 1,\n   \"conc\": [\"?\"]}\n ],\n \"discharge\": [{\"id\": \"E\"}]\n}\n";
  CHECK(error_of(text) == "mine.json:7: sources[0].conc[0]: is not a number");
  CHECK(error_of(text.substr(0, 60)).find("syntax: this is not JSON") != std::string::npos);
  CHECK(error_of("[]").find("is not an object") != std::string::npos);
  CHECK(error_of("").find("syntax") != std::string::npos);
}

}  // namespace millrace
