#pragma once

// Everything a program needs to run urban cases:
//   UrbanCase urban = load_urban_case("pingliang");               // or a path; throws CaseError
//   for (const std::string& year : urban.scenarios) {
//     AnyProblem problem = make_urban_problem(urban, {.scenario = year});
//     const Series* carbon = urban.published_series("carbon_t");  // null where the case publishes none
//   }
// urban.title, urban.provenance and urban.assumptions are for the reader of the results; problem.spec().data_digest is
// urban_data_digest(urban) with the scenario and the repair option.
#include "problems/urban/baselines.hpp"  // traditional_baseline, carbon_trade, shortage_without_unconventional
#include "problems/urban/baselines_published.hpp"   // compared_figures, source_contradictions
#include "problems/urban/builtin_cases.hpp"         // urban_cases
#include "problems/urban/generate_city.hpp"         // generate_city
#include "problems/urban/load_case.hpp"             // load_urban_case, parse_urban_case, CaseError
#include "problems/urban/scheme_account.hpp"        // account_of
#include "problems/urban/sensitivity.hpp"           // one_at_a_time, sobol_indices
#include "problems/urban/sensitivity_scenario.hpp"  // what_if_accounts
#include "problems/urban/supply_cut.hpp"            // why_infeasible
#include "problems/urban/urban_problem.hpp"         // make_urban_problem, UrbanOptions
#include "problems/urban/write_case.hpp"            // write_urban_case, urban_data_digest
