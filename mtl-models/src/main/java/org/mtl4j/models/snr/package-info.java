/** Sub-network routing: Ma and others 2019. */
package org.mtl4j.models.snr;
