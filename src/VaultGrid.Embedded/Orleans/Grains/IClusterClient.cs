namespace Orleans;

/// <summary>Access to grains from outside a grain.</summary>
public interface IClusterClient : IGrainFactory
{
    IServiceProvider ServiceProvider { get; }
}
