using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using VaultGrid.Silo.Engine;

namespace VaultGrid.Benchmarks;

/// <summary>What a grain call costs when the grain does nothing.</summary>
internal static class EngineRows
{
    public static async Task MeasureAsync(Report report, Effort effort, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("vg-engine-");
        try
        {
            var builder = Host.CreateEmptyApplicationBuilder(null);
            var options = new GridEngineOptions { SqliteFile = Path.Combine(directory.FullName, "grains.db") };
            options.Assemblies.Add(typeof(INothingGrain).Assembly);
            builder.Services.AddSingleton(TimeProvider.System);
            builder.AddGridEngine(options);
            using var host = builder.Build();
            await host.StartAsync(cancellationToken);
            var grains = host.Services.GetRequiredService<IGrainFactory>();
            var many = effort.Count(100_000);
            foreach (var callers in (int[])[1, 64])
            {
                var rates = new List<double>();
                for (var round = 0; round <= effort.Rounds; round++)
                {
                    var run = await Callers.RunAsync(callers, many, at => grains.GetGrain<INothingGrain>(at % callers).DoNothingAsync(cancellationToken));
                    if (round > 0) rates.Add(run.PerSecond);
                }

                report.Add($"grain call that does nothing, {callers} caller{(callers == 1 ? "" : "s")}", "1/s", Sample.Of(rates));
            }

            await host.StopAsync(cancellationToken);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
