/** Tasks without a label, beside any model: codes that features are rebuilt from, and clusters. */
package org.mtl4j.models.unsupervised;
