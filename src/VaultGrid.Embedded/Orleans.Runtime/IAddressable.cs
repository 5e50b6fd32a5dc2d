namespace Orleans.Runtime;

/// <summary>Something a call can be sent to.</summary>
public interface IAddressable;
