namespace Orleans;

/// <summary>A grain addressed by a 64-bit integer.</summary>
public interface IGrainWithIntegerKey : IGrain;
