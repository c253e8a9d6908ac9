#include "cli/sweep/side_by_side.hpp"

#include <algorithm>

namespace millrace::cli {
namespace {

/// How far past a piece without room a smaller one is looked for.
constexpr std::size_t kLookAhead = 1000;

}  // namespace

void SideBySide::run(const std::vector<SidePiece>& pieces, const std::function<void(std::size_t)>& work,
                     const std::function<bool()>& stopped) {
  pieces_ = &pieces;
  work_ = &work;
  stopped_ = &stopped;
  first_ = 0;
  started_.assign(pieces.size(), false);
  failure_ = nullptr;
  workers_.arena().execute([this] {
    start_more();
    group_.wait();
  });
  if (failure_) std::rethrow_exception(failure_);
}

/// The first piece that has room, or pieces_->size().
std::size_t SideBySide::next_piece() const {
  const std::size_t end = std::min(pieces_->size(), first_ + kLookAhead);
  for (std::size_t i = first_; i < end; ++i)
    if (!started_[i] && (under_way_ == 0 || bytes_in_use_ + (*pieces_)[i].bytes <= bytes_)) return i;
  return pieces_->size();
}

void SideBySide::start_more() {
  const std::lock_guard lock(mutex_);
  while (under_way_ < at_once_ && !failure_ && first_ < pieces_->size() && !(*stopped_)()) {
    const std::size_t piece = next_piece();
    if (piece == pieces_->size()) return;
    started_[piece] = true;
    while (first_ < pieces_->size() && started_[first_]) ++first_;
    ++under_way_;
    bytes_in_use_ += (*pieces_)[piece].bytes;
    group_.run([this, piece] { carry_out(piece); });
  }
}

void SideBySide::carry_out(std::size_t piece) {
  std::exception_ptr failure;
  try {
    (*work_)(piece);
  } catch (...) {
    failure = std::current_exception();
  }
  {
    const std::lock_guard lock(mutex_);
    --under_way_;
    bytes_in_use_ -= (*pieces_)[piece].bytes;
    if (failure && !failure_) failure_ = failure;
  }
  start_more();
}

}  // namespace millrace::cli
