#pragma once

#include <concepts>
#include <memory>
#include <span>
#include <utility>

#include "engine/algorithm/state.hpp"
#include "engine/data/population.hpp"

namespace millrace {

/// Individuals to be evaluated: slots of a pool whose decisions are written and whose results are wanted.
struct Batch {
  Population& pool;
  std::span<const Slot> slots;
};

/// An evolutionary algorithm, driven from outside: ask for a batch, evaluate it, tell.
///
/// The first ask returns the sampled population. save and load move everything that the next ask and tell depend on;
/// load is called on a freshly made algorithm with the same options, and the run then continues with identical bits.
template <class A>
concept Algorithm = requires(A& algorithm, const A& fixed, StateWriter& writer, StateReader& reader) {
  { algorithm.ask() } -> std::same_as<Batch>;
  algorithm.tell();
  { fixed.pool() } -> std::same_as<const Population&>;
  { fixed.survivors() } -> std::same_as<std::span<const Slot>>;
  fixed.save(writer);
  algorithm.load(reader);
};

/// Any algorithm behind a few virtual calls a generation.
class AnyAlgorithm {
 public:
  template <Algorithm A>
    requires(!std::same_as<A, AnyAlgorithm>)
  explicit AnyAlgorithm(std::unique_ptr<A> algorithm) : model_(std::make_unique<Model<A>>(std::move(algorithm))) {}

  Batch ask() { return model_->ask(); }
  void tell() { model_->tell(); }
  const Population& pool() const { return model_->pool(); }
  /// The population after the last tell; empty before the first.
  std::span<const Slot> survivors() const { return model_->survivors(); }
  void save(StateWriter& writer) const { model_->save(writer); }
  void load(StateReader& reader) { model_->load(reader); }

 private:
  struct Interface {
    virtual ~Interface() = default;
    virtual Batch ask() = 0;
    virtual void tell() = 0;
    virtual const Population& pool() const = 0;
    virtual std::span<const Slot> survivors() const = 0;
    virtual void save(StateWriter&) const = 0;
    virtual void load(StateReader&) = 0;
  };

  template <class A>
  struct Model final : Interface {
    explicit Model(std::unique_ptr<A> a) : algorithm(std::move(a)) {}
    Batch ask() override { return algorithm->ask(); }
    void tell() override { algorithm->tell(); }
    const Population& pool() const override { return std::as_const(*algorithm).pool(); }
    std::span<const Slot> survivors() const override { return algorithm->survivors(); }
    void save(StateWriter& writer) const override { algorithm->save(writer); }
    void load(StateReader& reader) override { algorithm->load(reader); }
    std::unique_ptr<A> algorithm;
  };

  std::unique_ptr<Interface> model_;
};

}  // namespace millrace
