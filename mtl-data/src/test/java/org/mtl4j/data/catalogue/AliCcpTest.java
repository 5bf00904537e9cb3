package org.mtl4j.data.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.data.table.TableSource;
import org.mtl4j.testkit.BatchSourceContractTest;

/** The skeleton with its common features, as published, keeps the contract of sources. */
class AliCcpTest extends BatchSourceContractTest {
  private static final int SAMPLES = 20;

  @TempDir Path folder;

  private static String feature(String field, String id, String value) {
    return field + "\u0002" + id + "\u0003" + value;
  }

  @BeforeEach
  void writeFiles() {
    String[] samples = new String[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      String features = feature("205", "i" + i, "1.0") + "\u0001" + feature("508", "s" + i, "0.5");
      samples[i] = "%d,%d,%d,key%d,2,%s".formatted(i, i % 2, i % 4 / 3, i % 3, features);
    }
    SetFiles.write(folder, "sample_train/sample_skeleton_train.csv", samples);
    // A line longer than the buffer that lines are read through.
    String many = (feature("110_14", "9", "2.5") + "\u0001").repeat(9_000);
    SetFiles.write(
        folder,
        "sample_train/common_features_train.csv",
        "key0,1," + feature("101", "u0", "1.0"),
        "key1,9001," + many + feature("101", "u1", "1.0"),
        "key2,1," + feature("101", "u2", "1.0"));
  }

  @Override
  protected TableSource source() {
    return new AliCcp().open(folder);
  }

  @Test
  void impressionsAreJoinedWithWhatTheyShare() {
    List<Map<String, String>> rows = SetFiles.rows(source());
    assertThat(rows).hasSize(SAMPLES);
    for (int i = 0; i < SAMPLES; i++) {
      assertThat(rows.get(i))
          .containsEntry("click", String.valueOf(i % 2))
          .containsEntry("purchase", i % 4 == 3 ? "1" : "0")
          .containsEntry("101", "u" + i % 3)
          .containsEntry("205", "i" + i)
          .containsEntry("D508", "0.5")
          .containsEntry("121", null);
    }
    assertThat(rows.get(1).get("110_14").split("\\|")).hasSize(9_000).containsOnly("9");
    assertThat(rows.get(1).get("D110_14").split("\\|")).hasSize(9_000).containsOnly("2.5");
  }

  @Test
  void aKeyWithoutFeaturesNamesTheSample() {
    Path skeleton =
        SetFiles.write(
            folder, "sample_train/sample_skeleton_train.csv", "1,0,0,key0,0,", "2,0,0,gone,0,");
    assertThatThrownBy(() -> SetFiles.rows(source()))
        .isInstanceOf(MtlException.class)
        .hasMessage(
            skeleton
                + ", line 2: Expected the common features \"gone\" in "
                + skeleton.resolveSibling("common_features_train.csv")
                + ", found none. Check that both files are whole and of the same set.");
  }

  @Test
  void aFeatureWithoutItsPartsIsRefused() {
    Path skeleton =
        SetFiles.write(folder, "sample_train/sample_skeleton_train.csv", "1,0,0,key0,1,205:7");
    assertThatThrownBy(() -> SetFiles.rows(source()))
        .isInstanceOf(MtlException.class)
        .hasMessage(
            skeleton
                + ", line 1: Expected a feature of field, id and value, found \"205:7\". Check that"
                + " this is the file that the set publishes.");
  }

  @Test
  void aSkeletonAloneIsRefused() {
    Path skeleton = SetFiles.write(folder, "other/sample_skeleton_test.csv", "1,0,0,key0,0,");
    assertThatThrownBy(() -> new AliCcp().open(skeleton))
        .isInstanceOf(MtlException.class)
        .hasMessage(
            skeleton.resolveSibling("common_features_test.csv")
                + ": Expected the common features of sample_skeleton_test.csv beside it, unpacked,"
                + " found no such file. Unpack both; rows are looked up in the middle of it, where"
                + " gzip cannot begin.");
  }
}
