#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "problems/urban/allocation_network.hpp"

namespace millrace::reference {

/// The repair of one allocation, one number at a time: cut what is above its upper limit, fill what is below its lower
/// one, first from free links, then from users that can spare it, then by letting those change their source.
class AllocationRepair {
 public:
  AllocationRepair(const AllocationNetwork& network, std::vector<double> x)
      : network_(network), x_(std::move(x)), sum_(network.nodes(), 0.0) {
    for (std::size_t l = 0; l < x_.size(); ++l) x_[l] = std::max(std::min(x_[l], network.link_upper[l]), 0.0);
    add_up();
    for (std::uint32_t p = 0; p < network.nodes(); ++p) cut(p);
    for (std::uint32_t p = 0; p < network.nodes(); ++p) fill(p);
    for (std::uint32_t p = 0; p < network.nodes(); ++p) fill_by_taking(p);
    for (std::uint32_t p = 0; p < network.nodes(); ++p) fill_by_exchange(p);
    add_up();
  }

  const std::vector<double>& x() const { return x_; }
  bool finished() const {
    for (std::size_t p = 0; p < sum_.size(); ++p)
      if (std::max(sum_[p] - network_.most[p], network_.least[p] - sum_[p]) > 1e-10 * network_.most[p]) return false;
    return true;
  }

 private:
  void add_up() {
    for (std::size_t p = 0; p < sum_.size(); ++p) {
      sum_[p] = 0.0;
      for (const std::uint32_t l : network_.links_of(p)) sum_[p] += x_[l];
    }
  }
  /// Less than 1e-12 of the upper limit is rounding.
  double worth(std::uint32_t p, double amount) const { return amount > 1e-12 * network_.most[p] ? amount : 0.0; }
  double lack(std::uint32_t p) const { return worth(p, network_.least[p] - sum_[p]); }
  double free_on(std::uint32_t l) const { return std::max(network_.link_upper[l] - x_[l], 0.0); }
  double room(std::uint32_t p, std::uint32_t l) const {
    const std::uint32_t q = network_.other_end(l, p);
    return std::min(free_on(l), std::max(network_.most[q] - sum_[q], 0.0));
  }
  void move(std::uint32_t p, std::uint32_t l, double amount) {
    x_[l] = std::clamp(x_[l] + amount, 0.0, network_.link_upper[l]);
    sum_[p] += amount;
    sum_[network_.other_end(l, p)] += amount;
  }

  /// Three passes of even shares over the links that `available` leaves, then the rest in proportion to it: to `weight`
  /// altogether.
  template <class Available, class Weight>
  void spread(std::uint32_t p, double amount, double sign, Available&& available, Weight&& weight) {
    for (int pass = 0; pass < 3 && amount > 0.0; ++pass) {
      double sharers = 0.0;
      for (const std::uint32_t l : network_.links_of(p)) sharers += available(l) > 0.0 ? 1.0 : 0.0;
      const double share = amount / std::max(sharers, 1.0);
      for (const std::uint32_t l : network_.links_of(p)) {
        const double part = std::min(available(l), share);
        move(p, l, sign * part);
        amount -= part;
      }
      amount = worth(p, amount);
    }
    if (amount <= 0.0) return;
    const double part = std::min(amount / std::max(weight(), 1e-300), 1.0);
    for (const std::uint32_t l : network_.links_of(p)) move(p, l, sign * (part * available(l)));
  }
  void cut(std::uint32_t p) {
    spread(
        p, worth(p, sum_[p] - network_.most[p]), -1.0, [&](std::uint32_t l) { return x_[l]; }, [&] { return sum_[p]; });
  }
  void fill(std::uint32_t p) {
    spread(
        p, lack(p), 1.0, [&](std::uint32_t l) { return room(p, l); },
        [&] {
          double total = 0.0;
          for (const std::uint32_t l : network_.links_of(p)) total += room(p, l);
          return total;
        });
  }
  void fill_by_taking(std::uint32_t p) {
    for (const std::uint32_t l : network_.links_of(p))
      for (const std::uint32_t m : network_.links_of(network_.other_end(l, p))) {
        if (m == l) continue;
        const std::uint32_t r = network_.other_end(m, network_.other_end(l, p));
        const double spare = std::max(sum_[r] - network_.least[r], 0.0);
        const double amount = std::min(std::min(lack(p), free_on(l)), std::min(x_[m], spare));
        move(p, l, amount);
        move(r, m, -amount);
      }
  }
  void fill_by_exchange(std::uint32_t p) {
    for (const std::uint32_t l : network_.links_of(p))
      for (const std::uint32_t m : network_.links_of(network_.other_end(l, p))) {
        if (m == l) continue;
        const std::uint32_t r = network_.other_end(m, network_.other_end(l, p));
        for (const std::uint32_t n : network_.links_of(r)) {
          if (n == m) continue;
          const double amount = std::min(std::min(lack(p), free_on(l)), std::min(x_[m], room(r, n)));
          move(p, l, amount);
          move(r, m, -amount);
          move(r, n, amount);
        }
      }
  }

  const AllocationNetwork& network_;
  std::vector<double> x_;
  std::vector<double> sum_;
};

}  // namespace millrace::reference
