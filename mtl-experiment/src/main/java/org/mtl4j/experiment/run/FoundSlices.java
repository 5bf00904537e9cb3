package org.mtl4j.experiment.run;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.eval.fairness.FairnessFigures;
import org.mtl4j.eval.report.Report.Section;
import org.mtl4j.eval.slice.SlicedFigures;
import org.mtl4j.experiment.fairness.FairnessJson;
import org.mtl4j.experiment.fairness.FairnessSections;
import org.mtl4j.experiment.slice.SliceJson;
import org.mtl4j.experiment.slice.SliceSections;

/**
 * What was found in parts of a split's rows.
 *
 * @param slices the figures slice by slice, if they are asked for
 * @param fairness of each binary output, if it is asked for
 */
record FoundSlices(List<SlicedFigures> slices, List<FairnessFigures> fairness) {
  /** Where nothing is asked for. */
  static final FoundSlices NONE = new FoundSlices(List.of(), List.of());

  FoundSlices {
    slices = List.copyOf(slices);
    fairness = List.copyOf(fairness);
  }

  /**
   * Writes the files of what there is, and takes away those of an earlier end that asked for more.
   *
   * @param rows the split's name
   * @param column of the protected groups
   * @return what the report has of it
   */
  List<Section> write(RunFiles files, String rows, String column) {
    List<Section> sections = new ArrayList<>();
    if (slices.isEmpty()) {
      files.remove(files.slices());
    } else {
      files.changeJson(files.slices(), SliceJson.of(rows, slices));
      sections.addAll(SliceSections.of(rows, slices));
    }
    if (fairness.isEmpty()) {
      files.remove(files.fairness());
    } else {
      files.changeJson(files.fairness(), FairnessJson.of(rows, column, fairness));
      sections.add(FairnessSections.of(rows, column, fairness));
    }
    return sections;
  }
}
