namespace Orleans.Concurrency;

/// <summary>Calls of the interface method start even while the grain works on another call.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute;
