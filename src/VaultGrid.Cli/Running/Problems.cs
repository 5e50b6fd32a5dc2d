using System.Text.Json.Nodes;
using VaultGrid.Client;

namespace VaultGrid.Cli.Running;

/// <summary>How a grid's refusals stand in JSON.</summary>
internal static class Problems
{
    public static JsonNode? Json(Problem? problem) => problem is null ? null : new JsonObject { ["code"] = problem.Code, ["detail"] = problem.Detail };
}
