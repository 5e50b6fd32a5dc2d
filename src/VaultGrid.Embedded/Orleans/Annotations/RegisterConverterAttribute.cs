namespace Orleans;

/// <summary>The class is an <see cref="IConverter{TValue,TSurrogate}"/> for a type that can't carry annotations itself.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class RegisterConverterAttribute : Attribute;
