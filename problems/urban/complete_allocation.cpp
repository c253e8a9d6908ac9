#include "problems/urban/complete_allocation.hpp"

#include <algorithm>

namespace millrace {
namespace {

// Volumes below this share of a node's limit are rounding, not flow.
constexpr double kRounding = 1e-13;

class Completion {
 public:
  Completion(const AllocationNetwork& network, std::span<double> x, CompletionWork& work)
      : network_(network), x_(x), work_(work) {}

  void cut_to_upper_limits() {
    for (std::size_t l = 0; l < x_.size(); ++l) x_[l] = std::clamp(x_[l], 0.0, network_.link_upper[l]);
    work_.sums.assign(network_.nodes(), 0.0);
    for (std::size_t p = 0; p < network_.nodes(); ++p) {
      const double sum = sum_of(p);
      if (sum <= network_.most[p]) continue;
      for (const std::uint32_t l : network_.links_of(p)) x_[l] *= network_.most[p] / sum;
    }
    for (std::size_t p = 0; p < network_.nodes(); ++p) work_.sums[p] = sum_of(p);
  }

  /// Volume that node p still lacks.
  double fill(std::uint32_t p) {
    double lack = network_.least[p] - work_.sums[p];
    while (lack > rounding(p)) {
      const std::uint32_t end = find_path(p);
      if (end == kUnreached) return lack;
      push(p, end, lack);
      lack = network_.least[p] - work_.sums[p];
    }
    return 0.0;
  }

 private:
  double rounding(std::size_t p) const { return kRounding * network_.most[p]; }
  double room(std::uint32_t l) const { return network_.link_upper[l] - x_[l]; }

  double sum_of(std::size_t p) const {
    double sum = 0.0;
    for (const std::uint32_t l : network_.links_of(p)) sum += x_[l];
    return sum;
  }

  bool same_side(std::uint32_t p, std::uint32_t q) const { return (p < network_.sources) == (q < network_.sources); }

  /// How far the sum of q may move in the direction in which a path that began at p would end there.
  double slack_at_end(std::uint32_t p, std::uint32_t q) const {
    return same_side(p, q) ? work_.sums[q] - network_.least[q] : network_.most[q] - work_.sums[q];
  }

  // Nodes on p's side pass the increase on by raising a link, those on the other side by lowering one.
  std::uint32_t find_path(std::uint32_t p) {
    work_.reached_by.assign(network_.nodes(), kUnreached);
    work_.queue.assign(1, p);
    work_.reached_by[p] = kSearchRoot;
    for (std::size_t head = 0; head < work_.queue.size(); ++head) {
      const std::uint32_t q = work_.queue[head];
      if (q != p && slack_at_end(p, q) > rounding(q)) return q;
      const bool raises = same_side(p, q);
      for (const std::uint32_t l : network_.links_of(q)) {
        const std::uint32_t next = network_.other_end(l, q);
        const double movable = raises ? room(l) : x_[l];
        if (work_.reached_by[next] != kUnreached || !(movable > kRounding * network_.link_upper[l])) continue;
        work_.reached_by[next] = l;
        work_.queue.push_back(next);
      }
    }
    return kUnreached;
  }

  void push(std::uint32_t p, std::uint32_t end, double lack) {
    double amount = std::min(lack, slack_at_end(p, end));
    for (std::uint32_t q = end; q != p;) {
      const std::uint32_t l = work_.reached_by[q];
      const std::uint32_t before = network_.other_end(l, q);
      amount = std::min(amount, same_side(p, before) ? room(l) : x_[l]);
      q = before;
    }
    for (std::uint32_t q = end; q != p;) {
      const std::uint32_t l = work_.reached_by[q];
      const std::uint32_t before = network_.other_end(l, q);
      x_[l] = same_side(p, before) ? std::min(x_[l] + amount, network_.link_upper[l]) : std::max(x_[l] - amount, 0.0);
      q = before;
    }
    work_.sums[p] += amount;
    work_.sums[end] += same_side(p, end) ? -amount : amount;
  }

  const AllocationNetwork& network_;
  std::span<double> x_;
  CompletionWork& work_;
};

}  // namespace

double complete_allocation(const AllocationNetwork& network, std::span<double> x, CompletionWork& work) {
  Completion completion(network, x, work);
  completion.cut_to_upper_limits();
  for (std::uint32_t p = 0; p < network.nodes(); ++p)
    if (const double lack = completion.fill(p); lack > 0.0) {
      work.failed_node = p;
      return lack;
    }
  return 0.0;
}

}  // namespace millrace
