using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>A stored record of an activation, read before the grain is activated.</summary>
public interface IPersistentState<TState> : IStorage<TState>;
