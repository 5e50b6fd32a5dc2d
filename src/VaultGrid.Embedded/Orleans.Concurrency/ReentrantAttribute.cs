namespace Orleans.Concurrency;

/// <summary>Calls to the grain interleave at each await; it still runs one turn at a time.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReentrantAttribute : Attribute;
