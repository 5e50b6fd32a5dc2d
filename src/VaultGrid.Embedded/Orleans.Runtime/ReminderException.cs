namespace Orleans.Runtime;

/// <summary>A reminder could not be changed.</summary>
[GenerateSerializer]
#pragma warning disable CA1032 // The constructors are Orleans's.
public sealed class ReminderException(string message) : OrleansException(message);
#pragma warning restore CA1032
