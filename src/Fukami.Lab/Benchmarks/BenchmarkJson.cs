using System.Runtime.InteropServices;
using System.Text.Json;
using Fukami.Tensors;

namespace Fukami.Lab;

/// <summary>Results of <c>fukami bench</c> as one JSON object.</summary>
public static class BenchmarkJson
{
    /// <summary>Writes the results as UTF-8, with a line feed at the end.</summary>
    /// <param name="results">The results of trainings.</param>
    /// <param name="decoding">The results of writing.</param>
    /// <param name="threads">Threads that they were measured with.</param>
    /// <param name="stream">Where to.</param>
    public static void Write(IReadOnlyList<BenchmarkResult> results, IReadOnlyList<DecodingResult> decoding, int threads, Stream stream)
    {
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("runtime", RuntimeInformation.FrameworkDescription);
            writer.WriteNumber("threads", threads);
            writer.WriteNumber("vector_bits", Ceiling.VectorBits);
            writer.WriteStartArray("workloads");
            foreach (BenchmarkResult result in results)
            {
                writer.WriteStartObject();
                writer.WriteString("name", result.Workload.Name);
                writer.WriteNumber("parameters", result.Parameters);
                writer.WriteNumber("matrix_parameters", result.MatrixParameters);
                writer.WriteNumber("tokens", result.Workload.Tokens);
                writer.WriteNumber("steps", result.Steps);
                writer.WriteNumber("forward_backward_milliseconds", result.ForwardBackward.TotalMilliseconds);
                writer.WriteNumber("step_milliseconds", result.Step.TotalMilliseconds);
                writer.WriteNumber("tokens_per_second", result.TokensPerSecond);
                writer.WriteNumber("ceiling_gflops", result.Ceiling / 1e9);
                writer.WriteNumber("forward_backward_share", result.ForwardBackwardShare);
                writer.WriteNumber("step_share", result.StepShare);
                writer.WriteNumber("allocated_bytes", result.AllocatedBytes);
                writer.WriteEndObject();
            }

            foreach (DecodingResult result in decoding)
            {
                writer.WriteStartObject();
                writer.WriteString("name", result.Workload.Name);
                writer.WriteNumber("parameters", result.Parameters);
                writer.WriteNumber("first_position", result.Workload.FirstPosition);
                writer.WriteNumber("last_position", result.Workload.FirstPosition + result.Workload.Tokens - 1);
                writer.WriteNumber("tokens", result.Tokens);
                writer.WriteNumber("token_milliseconds", result.Token.TotalMilliseconds);
                writer.WriteNumber("fastest_token_milliseconds", result.FastestToken.TotalMilliseconds);
                writer.WriteNumber("tokens_per_second", result.TokensPerSecond);
                writer.WriteNumber("weight_bytes_per_token", result.WeightBytes);
                writer.WriteNumber("cache_bytes_per_token", result.Workload.CacheBytes);
                writer.WriteNumber("gigabytes_per_second", result.BytesPerSecond / 1e9);
                writer.WriteNumber("read_bandwidth_gigabytes_per_second", result.ReadBandwidth / 1e9);
                writer.WriteNumber("best_read_bandwidth_gigabytes_per_second", result.BestReadBandwidth / 1e9);
                writer.WriteNumber("share", result.Share);
                writer.WriteNumber("best_share", result.BestShare);
                writer.WriteNumber("allocated_bytes", result.AllocatedBytes);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }
}
