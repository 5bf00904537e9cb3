package org.mtl4j.core.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.metric.Fusion;

class FusionFileTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Map<String, Double> undefined = new HashMap<>();
    undefined.put("click/auc", null);
    FusionFile.Tuning tuning =
        new FusionFile.Tuning(
            "shop",
            "00ff",
            "click/auc",
            List.of("buy/auc >= 0.5"),
            new FusionFile.Search(1, 20),
            Map.of("validation", Map.of("fused", undefined)));
    Fusion fusion = Fusion.of(Fusion.Kind.RANK_SUM, Map.of("click", 1 / 3.0, "buy", 0.5));
    FusionFile written = FusionFile.of(fusion, tuning);
    Path file = Files.writeString(folder.resolve("fusion.json"), written.json());
    assertThat(FusionFile.read(file)).isEqualTo(written);
    assertThat(FusionFile.read(file).fusion()).isEqualTo(fusion);
  }

  @Test
  void fileThatIsNoFusionIsRefused() throws IOException {
    Path file = folder.resolve("fusion.json");
    assertRefused(
        file,
        "Expected a file that mtl fuse wrote, found none that can be read. Make one with mtl fuse"
            + " --run RUN --metric OUTPUT/METRIC --output FILE.");
    String damaged = "The file of a fusion is damaged, changed or of another version: ";
    String remedy = ". Make it anew with mtl fuse.";
    Files.writeString(file, "[1, 2");
    assertRefused(file, damaged + "expected JSON as mtl fuse writes it" + remedy);
    Files.writeString(file, "{\"format\": 9}");
    assertRefused(file, damaged + "expected format 1, found 9" + remedy);
    Files.writeString(file, "null");
    assertRefused(file, damaged + "expected an object, found null" + remedy);
    Files.writeString(
        file, "{\"format\": 1, \"kind\": \"product\", \"weights\": {\"a\": null, \"b\": 1}}");
    assertRefused(
        file,
        damaged
            + "expected weights of at least two outputs, 0 or more, with the sum 1, found {a=null,"
            + " b=1.0}"
            + remedy);
    String weights = "\"weights\": {\"a\": 0.5, \"b\": 0.5}}";
    Files.writeString(file, "{\"format\": 1, \"kind\": \"mean\", " + weights);
    assertRefused(file, damaged + "there is no kind \"mean\"" + remedy);
    Files.writeString(
        file, "{\"format\": 1, \"kind\": \"product\", " + weights.replace("0.5}", "0.6}"));
    assertRefused(
        file,
        damaged
            + "expected weights of at least two outputs, 0 or more, with the sum 1, found {a=0.5,"
            + " b=0.6}"
            + remedy);
  }

  private static void assertRefused(Path file, String message) {
    assertThat(catchThrowableOfType(MtlException.class, () -> FusionFile.read(file)))
        .hasMessage(file + ": " + message);
  }
}
