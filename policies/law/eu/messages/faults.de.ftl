### German. Not reviewed by a native speaker yet; please correct it.

remedy-price-reduction = Minderung
fact-item--fault_shown = Gezeigt, dass der Mangel von Anfang an da war
fact-item--fault_came_later = Der Händler hat gezeigt, dass der Mangel erst später kam
fact-item--fault_agreed = Über den Mangel war man sich beim Kauf einig
fact-item--minor_fault = Nur ein kleiner Mangel
fact-item--serious_fault = Ein so schwerer Mangel, dass nicht erst repariert werden muss
fact-item--not_put_right = Nicht behoben: abgelehnt, nicht in angemessener Zeit, oder wieder defekt
fact-item--repair_unreasonable = Reparatur unmöglich oder unverhältnismäßig
fact-item--replacement_unreasonable = Ersatz unmöglich oder unverhältnismäßig
fact-item--worth_with_fault = Wert mit dem Mangel
